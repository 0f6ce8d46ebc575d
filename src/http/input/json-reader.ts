import type { BodyReader } from './body-reader.ts'
import { readJson } from './json-body.ts'

/** Reads JSON, which is always UTF-8 (RFC 8259). */
export const jsonReader: BodyReader = {
  name: 'json',
  types: ['application/json'],
  suffix: 'json',
  charsets: new Set(['utf-8']),
  compile:
    (_entry, _channel, deepest) =>
    (_, { bytes }) =>
      readJson(bytes, deepest),
}
