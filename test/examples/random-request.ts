import type { OpenApiDocument, OpenApiOperation, OpenApiParameter } from '../../src/openapi/openapi-document.ts'
import type { JsonSchema } from '../../src/schema/schema.ts'
import type { Random } from './random.ts'
import { randomValue } from './random-value.ts'

/** A request, and the operation of the document that it is for, if it is for any. */
export interface RandomRequest {
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | undefined
  readonly path: string | undefined
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'QUERY']
const types = [
  ...['application/json', 'application/json; charset=utf-8', 'application/vnd.x+json', 'application/xml', 'text/plain'],
  ...['application/x-www-form-urlencoded', 'multipart/form-data; boundary=b', 'multipart/form-data', 'nonsense', ''],
]
const accepts = [
  '*/*',
  'application/json',
  'application/xml',
  'text/html, */*;q=0.1',
  'text/turtle',
  '*/*;q=0',
  ';',
  'a/b;q=2',
]
const bodies = [
  '',
  '{',
  '[]',
  'null',
  '{"a":',
  '<a/>',
  '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
  'a=1&b=%zz',
  '\u0000',
  '--b--',
]
const segments = ['.', '%2e%2e', 'x', '0', '-1', '%', '%00', 'é', 'a b', '1'.repeat(400), '%F0%9F%98%80', ';', 'null']

/** Makes requests out of a document: most are for one of its operations, about half of those as it says. */
export function randomRequests(document: OpenApiDocument, random: Random): () => RandomRequest {
  const components = (document.components.schemas ?? {}) as Readonly<Record<string, JsonSchema>>
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  return () => {
    const { path, method: declared, operation } = random.pick(operations)
    const wrong = random.once(2) ? 0 : 4
    const method = random.once(12) ? random.pick(methods) : declared
    const headers: Record<string, string> = {}
    if (random.once(4)) headers.Accept = random.pick(accepts)
    if (random.once(12)) return elsewhere(method, headers, random)
    const value = (schema: JsonSchema): unknown => randomValue(schema, components, random, wrong)
    const segment = ({ schema = {}, examples = {} }: Partial<OpenApiParameter> = {}): unknown => {
      const shown = Object.values(examples)
      return shown.length > 0 && random.once(2) ? random.pick(shown).value : value(schema)
    }
    const parameters = operation.parameters ?? []
    const filled = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
      const parameter = parameters.find((each) => each.in === 'path' && each.name === name)
      if (random.once(8)) return random.pick(segments).replaceAll(' ', '%20').replaceAll('é', '%C3%A9')
      return encodeURIComponent(asText(segment(parameter))) || '0'
    })
    const query = new URLSearchParams()
    for (const each of parameters) {
      if (each.in === 'query' && (each.required || random.once(2))) query.append(each.name, asText(value(each.schema)))
      const text = asText(value(each.schema))
      const sendable = /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(text)
      if (each.in === 'header' && sendable && random.once(2)) headers[each.name] = text
    }
    if (random.once(16)) query.append(random.pick(['x', 'x[y]', '__proto__', '']), 'y')
    const suffix = random.once(40) ? '?%zz' : query.size > 0 ? `?${query}` : ''
    const body = requestBody(operation, headers, random, value)
    return { method, target: filled + suffix, headers, body, path: answering(document, method, filled, path) }
  }
}

/** The path that answers a method: another one, where this has nothing for it and a parameter of the other fits. */
function answering({ paths }: OpenApiDocument, method: string, target: string, path: string): string {
  const wanted = method === 'HEAD' ? 'get' : method.toLowerCase()
  const answers = (each: string): boolean => wanted in (paths[each] ?? {})
  if (answers(path)) return path
  const fits = (each: string): boolean => {
    const parts = each.split(/\{[^}]+\}/).map((text) => text.replaceAll(/[^\w/-]/g, '\\$&'))
    return new RegExp(`^${parts.join('[^/]+')}$`).test(target)
  }
  return Object.keys(paths).find((each) => answers(each) && fits(each)) ?? path
}

function elsewhere(method: string, headers: Record<string, string>, random: Random): RandomRequest {
  const count = random.below(4)
  const target = `/${Array.from({ length: count }, () => encodeURI(random.pick(['x', 'docs', 'a.b', '..', '', 'health']))).join('/')}`
  return { method, target, headers, body: undefined, path: undefined }
}

function requestBody(
  { requestBody: declared }: OpenApiOperation,
  headers: Record<string, string>,
  random: Random,
  value: (schema: JsonSchema) => unknown,
): Buffer | undefined {
  const content = declared?.content['application/json']
  if (declared === undefined ? !random.once(10) : random.once(10)) return undefined
  headers['Content-Type'] = random.once(8) ? random.pick(types) : 'application/json'
  if (content?.schema === undefined || random.once(8)) return Buffer.from(random.pick(bodies))
  return Buffer.from(JSON.stringify(value(content.schema)))
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
