import { decodeText } from '../represent/charset.ts'
import type { BodyReader } from './body-reader.ts'

/** Reads YAML (RFC 9512), which is UTF-8; the library for it is loaded with the first body. */
export const yamlReader: BodyReader = {
  name: 'yaml',
  types: ['application/yaml', 'application/x-yaml', 'text/yaml'],
  suffix: 'yaml',
  charsets: new Set(['utf-8']),
  compile:
    (_entry, _channel, deepest) =>
    async (_, { bytes, charset }) => {
      const { readYaml } = await import('../represent/yaml/yaml-value.ts')
      return readYaml(decodeText(bytes, charset), deepest)
    },
}
