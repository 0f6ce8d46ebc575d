import { decodeText, textCharsets } from '../represent/charset.ts'
import type { BodyReader } from './body-reader.ts'

/** Reads plain text as one string, for a model that is one. */
export const textReader: BodyReader = {
  name: 'text',
  types: ['text/plain'],
  charsets: textCharsets,
  compile:
    () =>
    (_, { bytes, charset }) =>
      decodeText(bytes, charset),
}
