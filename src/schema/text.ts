import type { FindingCode } from './finding.ts'
import type { JsonSchema } from './schema.ts'

export class TextFailure {
  readonly code: FindingCode
  readonly message: string
  readonly path: string

  constructor(code: FindingCode, message: string, path = '') {
    this.code = code
    this.message = message
    this.path = path
  }
}

export type ReadText = (text: string | readonly string[]) => unknown

export function isTextFailure(value: unknown): value is TextFailure {
  return value instanceof TextFailure
}

export function textReader(schema: JsonSchema, _root: JsonSchema): ReadText {
  if (schema.type === 'integer')
    return (text) => (/^-?\d+$/.test(`${text}`) ? Number(text) : new TextFailure('invalid_type', 'must be an integer'))
  return (text) => text
}
