import type { ReadContent, ReadReply } from '../../openapi/read/read-api.ts'
import { decodedBody } from './decoded-body.ts'
import { eventFaults } from './event-check.ts'
import { contentFor, essenceOf, isJson, isJsonLines } from './media-type.ts'
import type { ReplyToCheck } from './reply-to-check.ts'
import type { SchemaCheck } from './schema-check.ts'
import { readText } from './text-value.ts'

/** What is wrong with the body of a reply: ends of sentences, such as `is no JSON`. */
export function bodyFaults(documented: ReadReply, reply: ReplyToCheck, check: SchemaCheck): readonly string[] {
  const { method, status, headers, body } = reply
  const { contents } = documented
  const isHead = method.toUpperCase() === 'HEAD'
  if (isHead || status === 204 || status === 205 || status === 304 || status < 200) {
    const why = isHead ? 'to a HEAD' : 'with this status'
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
  const content = contentFor(contents, type)
  if (content === undefined) return [`is ${type}, which is not documented: ${types} is`]
  return contentFaults(content, type, decodedBody(body, headers.get('content-encoding')), check)
}

/** What is wrong with a body of a media type that the document has. */
export function contentFaults(
  { schema, itemSchema }: Pick<ReadContent, 'schema' | 'itemSchema'>,
  type: string,
  body: Uint8Array,
  check: SchemaCheck,
): readonly string[] {
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
  if (schema === undefined || essenceOf(type) !== 'text/plain') return []
  const text = textOf(body)
  // Other encodings than UTF-8 are allowed in a text, but not known here.
  if (text === undefined) return []
  return check(schema, readText(text, schema, check)).map((fault) => `does not match ${fault}`)
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
