import { type Listed, listed } from './listed.ts'
import type { ToldRequest } from './request.ts'

/** What the body of a request holds. */
export interface Content {
  /** The body as text, or as a `data:` URL where it is none; empty where it is a form. */
  readonly data: string
  readonly files: Listed<string>
  readonly form: Listed<string>
  /** The body as JSON, whatever it says that it is; `null` where it is none, or nested too deep. */
  readonly json: unknown
}

/** A request as it is told back, with what its body holds. */
export async function withContent(request: ToldRequest, body: Uint8Array): Promise<ToldRequest & Content> {
  return { ...request, ...(await contentOf(body, request.headers['Content-Type'])) }
}

/** Reads a body of any kind; one that is broken is no mistake. */
async function contentOf(body: Uint8Array, type: string = ''): Promise<Content> {
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(type)) {
    const data = textOf(body)
    return { data, files: {}, form: {}, json: jsonOf(data) }
  }
  const reply = new Response(Buffer.from(body), { headers: { 'Content-Type': type } })
  const fields = [...(await reply.formData().catch(() => new FormData()))]
  const files = fields.map(async ([name, value]) => {
    return value instanceof File ? [[name, textOf(await value.bytes(), value.type)] as const] : []
  })
  return {
    data: '',
    files: listed((await Promise.all(files)).flat()),
    form: listed(fields.flatMap(([name, value]) => (value instanceof File ? [] : [[name, value] as const]))),
    json: null,
  }
}

function textOf(bytes: Uint8Array, type: string = ''): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return `data:${type || 'application/octet-stream'};base64,${Buffer.from(bytes).toString('base64')}`
  }
}

function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return isWithin(256, value) ? value : null
  } catch {
    return null
  }
}

/** Whether lists and objects are inside each other on so few levels. */
function isWithin(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every((each) => isWithin(levels - 1, each))
}
