import type { FindingCode } from './finding.ts'

/** Why a text cannot be read as its declared type; returned in place of a value, never thrown. */
export class TextFailure {
  readonly code: FindingCode
  /** What a client is told, such as `must be an integer`. */
  readonly message: string
  /** Where below the member it is, as a JSON Pointer: `/2` for the third value of a list, `''` for the whole. */
  readonly path: string

  constructor(code: FindingCode, message: string, path = '') {
    this.code = code
    this.message = message
    this.path = path
  }
}

/** Tells a failure from a value that was read. */
export function isTextFailure(value: unknown): value is TextFailure {
  return value instanceof TextFailure
}
