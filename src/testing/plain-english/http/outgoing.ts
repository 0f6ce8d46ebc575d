import { type DraftBody, type Pair, type RequestDraft, requestFormat, responseFormat } from '../request-draft.ts'
import { userAgent } from '../user-agent.ts'
import { jsonText } from '../values/json-text.ts'

/** A request as it is sent, but for cookies. */
export interface Outgoing {
  readonly method: string
  readonly url: URL
  readonly headers: readonly Pair[]
  readonly body: Uint8Array<ArrayBuffer> | undefined
}

/** The request that steps have prepared, with the headers that they did not give. */
export async function outgoing(draft: RequestDraft, address: string): Promise<Outgoing> {
  const { body, type } = await encoded(draft)
  const { url, authorization } = withoutUser(urlOf(draft, address))
  const named = new Set(draft.headers.map(([name]) => name.toLowerCase()))
  const defaults: readonly Pair[] = [
    ['User-Agent', userAgent],
    ['Accept', accepted(draft)],
    ...(authorization === undefined ? [] : [['Authorization', authorization] as const]),
    ...(type === undefined ? [] : [['Content-Type', type] as const]),
  ]
  const added = defaults.filter(([name]) => !named.has(name.toLowerCase()))
  const headers = [...draft.headers, ...added].map((pair) => withBoundary(pair, type))
  return { method: draft.method, url, headers, body }
}

/** Where a draft leads: its address, path and query, joined with what belongs between them. */
export function urlOf(draft: RequestDraft, address: string): URL {
  const { path, query, queryParameters, secretQuery } = draft
  const whole = isAbsolute(path) ? path : joined(draft.address ?? address, path)
  const given = query.replace(/^[?&]/, '')
  const added = new URLSearchParams(
    [...queryParameters, ...secretQuery].map(([name, value]) => [name, value]),
  ).toString()
  const behind = [given, added].filter((part) => part !== '').join('&')
  const text = behind === '' ? whole : `${whole}${whole.includes('?') ? '&' : '?'}${behind}`
  if (!URL.canParse(text)) throw new Error(`'${text}' is no address that a request can be sent to`)
  const url = new URL(text)
  if (url.protocol === 'http:' || url.protocol === 'https:') return url
  throw new Error(`The address '${text}' is not of HTTP: begin it with http:// or https://`)
}

/** A name and a password in an address are sent as Basic authentication, as browsers do. */
function withoutUser(url: URL): { readonly url: URL; readonly authorization: string | undefined } {
  if (url.username === '' && url.password === '') return { url, authorization: undefined }
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  const bare = new URL(url)
  bare.username = ''
  bare.password = ''
  return { url: bare, authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
}

function joined(address: string, path: string): string {
  const base = isAbsolute(address) ? address : `http://${address}`
  if (!URL.canParse(base)) throw new Error(`'${address}' is no address: write it as in "http://localhost:17010"`)
  // Fragments are never sent, so that a `#` is meant as a part of the path.
  const rest = path.replaceAll('#', '%23')
  return `${base.replace(/\/+$/, '')}${rest === '' || /^[/?]/.test(rest) ? '' : '/'}${rest}`
}

function isAbsolute(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
}

function accepted(draft: RequestDraft): string {
  const format = responseFormat(draft)
  if (format === 'json') return 'application/json, */*;q=0.5'
  return format === 'xml' ? 'application/xml, text/xml;q=0.9, */*;q=0.5' : '*/*'
}

/** A boundary is known only here, so that a type without one would make the body unreadable. */
function withBoundary([name, value]: Pair, type: string | undefined): Pair {
  const lacks = name.toLowerCase() === 'content-type' && /^multipart\/form-data\s*$/i.test(value)
  return lacks && type?.startsWith('multipart/') ? [name, type] : [name, value]
}

interface Encoded {
  readonly body: Uint8Array<ArrayBuffer> | undefined
  readonly type: string | undefined
}

async function encoded(draft: RequestDraft): Promise<Encoded> {
  const { body, form, files } = draft
  if (files.length > 0) return multipart(form, files)
  if (form.length > 0) {
    if (body === undefined)
      return {
        body: bytesOf(new URLSearchParams(form.map(([name, value]) => [name, value])).toString()),
        type: urlencoded,
      }
    throw new Error('The request has both a body and form fields: clean the form up, or leave the body out')
  }
  return body === undefined ? { body: undefined, type: undefined } : written(body, draft)
}

const urlencoded = 'application/x-www-form-urlencoded'

function written(body: DraftBody, draft: RequestDraft): Encoded {
  if (body.kind === 'bytes') return { body: body.bytes, type: body.type }
  if (body.kind === 'json') return { body: bytesOf(jsonText(body.value) ?? ''), type: 'application/json' }
  return { body: bytesOf(body.text), type: textType(draft) }
}

/** What is raw says itself what it is, or leaves it out. */
function textType(draft: RequestDraft): string | undefined {
  const isSoap = draft.headers.some(([name]) => name.toLowerCase() === 'soapaction')
  const types = {
    json: 'application/json',
    xml: isSoap ? 'text/xml; charset=utf-8' : 'application/xml',
    form: urlencoded,
    raw: undefined,
  } as const
  return types[requestFormat(draft)]
}

async function multipart(form: readonly Pair[], files: RequestDraft['files']): Promise<Encoded> {
  const data = new FormData()
  for (const [name, value] of form) data.append(name, value)
  for (const { field, filename, type, content } of files) data.append(field, new File([content], filename, { type }))
  const response = new Response(data)
  return { body: new Uint8Array(await response.arrayBuffer()), type: response.headers.get('content-type') ?? undefined }
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}
