import { essenceOf, isJson } from '../../openapi/media-type.ts'
import { isObject } from '../../openapi/schema-parts.ts'
import { plainText } from '../values/parameter-text.ts'
import type { PartsBody } from './parts.ts'

const boundary = 'trestle-generated'

/** A body as it is sent. */
export interface WrittenBody {
  /** The header; nothing where none is sent. */
  readonly type: string | undefined
  readonly text: string
}

/** Writes a body as its type says; nothing where this type cannot be written. */
export function writtenBody(body: PartsBody, files: ReadonlySet<string> = new Set()): WrittenBody | undefined {
  if ('text' in body) return body
  const { type, value } = body
  const essence = essenceOf(type)
  if (isJson(essence)) return { type, text: JSON.stringify(value) ?? 'null' }
  if (essence === 'application/x-www-form-urlencoded' && isObject(value)) {
    return { type, text: new URLSearchParams(fields(value).map(([name, text]) => [name, text])).toString() }
  }
  if (essence === 'multipart/form-data' && isObject(value)) {
    const parts = Object.entries(value).flatMap(([name, inner]) => partsOf(name, inner, files.has(name)))
    return { type: `multipart/form-data; boundary=${boundary}`, text: `${parts.join('')}--${boundary}--\r\n` }
  }
  if (typeof value === 'string') return { type: essence.includes('*') ? sentInsteadOf(essence) : type, text: value }
  return undefined
}

/** Whether a value of the schema can be written as a body of this type. */
export function isWritable(type: string): boolean {
  const essence = essenceOf(type)
  return (
    isJson(essence) ||
    isForm(essence) ||
    essence.startsWith('text/') ||
    essence.includes('*') ||
    essence === 'application/octet-stream'
  )
}

/** Whether the type is a form, whose members are texts. */
export function isForm(type: string): boolean {
  return ['application/x-www-form-urlencoded', 'multipart/form-data'].includes(essenceOf(type))
}

function sentInsteadOf(range: string): string {
  return range.startsWith('text/') || range === '*/*' ? 'text/plain' : 'application/octet-stream'
}

function fields(value: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] {
  return Object.entries(value).flatMap(([name, inner]) =>
    (Array.isArray(inner) ? inner : [inner]).map((each) => [name, plainText(each)] as const),
  )
}

/** The parts of one field: a list is the field several times, and an object is JSON. */
function partsOf(name: string, value: unknown, isFile: boolean): readonly string[] {
  const shown = name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22')
  return (Array.isArray(value) ? value : [value]).map((each) => {
    const disposition = `Content-Disposition: form-data; name="${shown}"${isFile ? '; filename="file.txt"' : ''}`
    const type = isFile ? '\r\nContent-Type: text/plain' : isObject(each) ? '\r\nContent-Type: application/json' : ''
    return `--${boundary}\r\n${disposition}${type}\r\n\r\n${plainText(each)}\r\n`
  })
}
