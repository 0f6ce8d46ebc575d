import { problem } from '../../kernel/problem.ts'

type Decode = (bytes: Uint8Array) => string

const fatal = (label: string): Decode => {
  const decoder = new TextDecoder(label, { fatal: true })
  return (bytes) => decoder.decode(bytes)
}

const utf8 = fatal('utf-8')

/** Names of charsets that mean the same (IANA). */
const aliases: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  ascii: 'us-ascii',
  latin1: 'iso-8859-1',
  'iso8859-1': 'iso-8859-1',
  'iso_8859-1': 'iso-8859-1',
}

const decoders: Readonly<Record<string, Decode>> = {
  'utf-8': utf8,
  'us-ascii': (bytes) => {
    if (bytes.some((byte) => byte > 127)) throw new TypeError('a byte above 127')
    return utf8(bytes)
  },
  // TextDecoder takes it for windows-1252, which gives other characters to 32 of the bytes.
  'iso-8859-1': (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'),
  'windows-1252': fatal('windows-1252'),
  'utf-16': (bytes) => (bytes[0] === 0xff && bytes[1] === 0xfe ? fatal('utf-16le') : fatal('utf-16be'))(bytes),
  'utf-16le': fatal('utf-16le'),
  'utf-16be': fatal('utf-16be'),
}

/** The charsets that texts can be decoded from. */
export const textCharsets: ReadonlySet<string> = new Set(Object.keys(decoders))

/** The name that this package has for a charset; the name as it is, in lower case, for one that it does not know. */
export function charsetName(sent: string): string {
  const name = sent.toLowerCase()
  return Object.hasOwn(aliases, name) ? (aliases[name] as string) : name
}

/**
 * The text of a body, without a byte order mark. UTF-16 without one is big-endian (RFC 2781, 4.3).
 *
 * @throws Problem `malformed_body` for bytes that the charset does not have.
 */
export function decodeText(bytes: Uint8Array, charset: string): string {
  try {
    return (decoders[charset] ?? utf8)(bytes)
  } catch {
    throw problem('malformed_body', `The body is not valid ${charset.toUpperCase()}`)
  }
}
