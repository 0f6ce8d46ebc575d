import { readXml } from '../../http/represent/xml/xml-document.ts'
import { xmlReader } from '../../http/represent/xml/xml-value.ts'
import type { ReadContent, ReadReply } from '../../openapi/read/read-api.ts'
import type { JsonSchema } from '../../schema/schema.ts'
import type { Checking } from './checking.ts'
import { decodedBody } from './decoded-body.ts'
import { eventFaults } from './event-check.ts'
import { formValue } from './form-value.ts'
import { contentFor, essenceOf, isJson, isJsonLines } from './media-type.ts'
import type { ReplyToCheck } from './reply-to-check.ts'
import type { SchemaCheck } from './schema-check.ts'
import { kindsOf, readText } from './text-value.ts'

/** What is wrong with the body of a reply: ends of sentences, such as `is no JSON`. */
export interface BodyFaults {
  /** Whether its media type is wrong, or that there is one at all, or what is in it. */
  readonly kind: 'type' | 'body'
  readonly faults: readonly string[]
}

/** Checks the body of a reply. */
export function bodyFaults(documented: ReadReply, reply: ReplyToCheck, checking: Checking): BodyFaults {
  const faults = typeFaults(documented, reply)
  if (faults.length > 0) return { kind: 'type', faults }
  const type = reply.headers.get('content-type')
  const content = type === null ? undefined : contentFor(documented.contents, type)
  if (isBodiless(reply) || type === null || content === undefined) return { kind: 'body', faults: [] }
  const body = decodedBody(reply.body, reply.headers.get('content-encoding'))
  return { kind: 'body', faults: contentFaults(content, type, body, checking) }
}

function isBodiless({ method, status }: ReplyToCheck): boolean {
  return method.toUpperCase() === 'HEAD' || status === 204 || status === 205 || status === 304 || status < 200
}

function typeFaults(documented: ReadReply, reply: ReplyToCheck): readonly string[] {
  const { method, headers, body } = reply
  const { contents } = documented
  if (isBodiless(reply)) {
    const why = method.toUpperCase() === 'HEAD' ? 'to a HEAD' : 'with this status'
    return body.length > 0 ? [`has ${body.length} bytes, but a reply ${why} has no body`] : []
  }
  const type = headers.get('content-type')
  if (contents.length === 0) {
    return body.length > 0 ? [`has ${body.length} bytes, but none is documented`] : []
  }
  const types = contents.map((each) => each.type).join(', ')
  if (type === null) {
    return [body.length > 0 ? `has no Content-Type; ${types} is documented` : `is missing; ${types} is documented`]
  }
  return contentFor(contents, type) === undefined ? [`is ${type}, which is not documented: ${types} is`] : []
}

/** What is wrong with a body of a media type that the document has. */
export function contentFaults(
  content: ReadContent,
  type: string,
  body: Uint8Array,
  checking: Checking,
): readonly string[] {
  const { schema, itemSchema } = content
  const { check } = checking
  if (isJsonLines(type)) {
    const lines = textOf(body)
    if (lines === undefined) return ['is no UTF-8']
    return itemSchema === undefined ? [] : lineFaults(lines, itemSchema, check)
  }
  if (essenceOf(type) === 'text/event-stream') {
    return itemSchema === undefined ? [] : eventFaults(new TextDecoder().decode(body), itemSchema, check)
  }
  if (isJson(type)) {
    const text = textOf(body)
    if (text === undefined) return ['is no UTF-8, as JSON must be']
    const value = parsed(text)
    if ('why' in value) return [`is no JSON (${value.why}): ${text.slice(0, 100)}`]
    return schema === undefined ? [] : check(schema, value.value).map((fault) => `does not match ${fault}`)
  }
  const text = schema === undefined ? undefined : textOf(body)
  // Other encodings than UTF-8 are allowed in a text, but not known here.
  if (schema === undefined || text === undefined) return []
  const value = writtenValue(text, type, { ...content, schema }, checking)
  if ('why' in value) return [value.why]
  return value.value === undefined ? [] : check(schema, value.value).map((fault) => `does not match ${fault}`)
}

/** The value of a text that is not JSON; undefined where nobody knows how it is read. */
function writtenValue(
  text: string,
  type: string,
  { schema, encoding }: ReadContent & { readonly schema: JsonSchema | boolean },
  { check, schemas, ownDocument }: Checking,
): { readonly value: unknown } | { readonly why: string } {
  const essence = essenceOf(type)
  if (essence === 'text/plain') return { value: readText(text, schema, check) }
  const isPlainForm = essence === 'application/x-www-form-urlencoded' && Object.keys(encoding).length === 0
  if (isPlainForm && kindsOf(schema, schemas).has('object')) {
    return { value: formValue([...new URLSearchParams(text)], schema, schemas, check) }
  }
  // Documents of others often say less of their XML than is needed to read it.
  if (!ownDocument || !/[/+]xml$/.test(essence) || typeof schema === 'boolean') return { value: undefined }
  try {
    return { value: xmlReader(schema, { components: { schemas } })(readXml(text)) }
  } catch (error) {
    return { why: `is no XML (${error instanceof Error ? error.message : error}): ${text.slice(0, 100)}` }
  }
}

function lineFaults(
  text: string,
  itemSchema: NonNullable<ReadContent['itemSchema']>,
  check: SchemaCheck,
): readonly string[] {
  const lines = text
    .split('\n')
    .map((line) => line.replace(recordStart, ''))
    .filter((line) => line.trim() !== '')
  return lines.flatMap((line, index) => {
    const value = parsed(line)
    if ('why' in value) return [`has no JSON in line ${index + 1}: ${line.slice(0, 100)}`]
    return check(itemSchema, value.value).map((fault) => `does not match in line ${index + 1} ${fault}`)
  })
}

/** What begins a record of a JSON text sequence (RFC 7464). */
const recordStart = '\u001e'

function textOf(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return undefined
  }
}

function parsed(text: string): { readonly value: unknown } | { readonly why: string } {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) }
  }
}
