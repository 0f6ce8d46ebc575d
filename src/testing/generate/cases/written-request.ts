import type { ReadOperation } from '../../../openapi/read/read-api.ts'
import type { Schemas } from '../../openapi/schema-parts.ts'
import type { SentRequest } from '../result.ts'
import { type Pair, parameterPairs, parameterText } from '../values/parameter-text.ts'
import { writtenBody } from './body-text.ts'
import { fileFields } from './file-fields.ts'
import type { PartPlace, Parts } from './parts.ts'

/** What goes into a request beside the values of the case. */
export interface Extras {
  readonly headers: Readonly<Record<string, string>>
  readonly query: readonly Pair[]
  readonly cookies: readonly Pair[]
}

/** Nothing beside the values. */
export const noExtras: Extras = { headers: {}, query: [], cookies: [] }

/** Writes a request down; nothing where the values have no form in which HTTP could carry them to this operation. */
export function writtenRequest(
  operation: ReadOperation,
  parts: Parts,
  extras: Extras,
  schemas: Schemas,
): SentRequest | undefined {
  const path = writtenPath(operation, parts)
  if (path === undefined) return undefined
  const pairs = (place: PartPlace): readonly Pair[] =>
    Object.entries(parts[place]).flatMap(([name, value]) => {
      const parameter = operation.parameters.find((each) => each.in === place && each.name === name)
      return parameter === undefined ? [[name, String(value)] as const] : parameterPairs(parameter, value)
    })
  const query = [...pairs('query'), ...extras.query]
    .map(([name, text]) => `${encoded(name)}=${encoded(text)}`)
    .join('&')
  const headers: Record<string, string> = { accept: '*/*' }
  for (const [name, value] of Object.entries(parts.header)) {
    const parameter = operation.parameters.find((each) => each.in === 'header' && each.name === name)
    headers[name.toLowerCase()] =
      parameter === undefined ? String(value) : parameterText(parameter, value, (text) => text)
  }
  const cookies = [...pairs('cookie'), ...extras.cookies]
  if (cookies.length > 0) headers.cookie = cookies.map(([name, text]) => `${name}=${text}`).join('; ')
  for (const [name, text] of Object.entries(extras.headers)) headers[name.toLowerCase()] = text
  const body =
    parts.body === undefined ? undefined : writtenBody(parts.body, fileFields(operation, parts.body, schemas))
  if (parts.body !== undefined && body === undefined) return undefined
  if (body?.type !== undefined) headers['content-type'] = body.type
  if (
    !Object.values(headers).every(isSendable) ||
    cookies.some(([, text]) => !/^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/.test(text))
  ) {
    return undefined
  }
  return { method: operation.method, target: query === '' ? path : `${path}?${query}`, headers, body: body?.text }
}

function writtenPath({ path, parameters }: ReadOperation, parts: Parts): string | undefined {
  let isSound = true
  const written = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
    const parameter = parameters.find((each) => each.in === 'path' && each.name === name)
    const value = parts.path[name]
    const text = parameter === undefined ? encoded(String(value ?? '')) : parameterText(parameter, value, encoded)
    // Another path would be asked for.
    if (text === '' || /^(\.|%2e){1,2}$/i.test(text)) isSound = false
    return text
  })
  return isSound ? written : undefined
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

/** What a header can carry without change. */
function isSendable(text: string): boolean {
  return text === '' || /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(text)
}
