import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib'
import { type Problem, problem } from '../../kernel/problem.ts'
import { bodyTooLarge } from './body-too-large.ts'

type Decompress = (bytes: Uint8Array, options: { readonly maxOutputLength: number }) => Promise<Uint8Array>

const unzip: Decompress = promisify(gunzip)
const inflateWrapped: Decompress = promisify(inflate)
const inflateBare: Decompress = promisify(inflateRaw)

const decompressors: Readonly<Record<string, Decompress>> = {
  gzip: unzip,
  'x-gzip': unzip,
  // Some senders leave out the zlib wrapper that RFC 9110, 8.4.1.2 asks for.
  deflate: (bytes, options) => (isWrapped(bytes) ? inflateWrapped : inflateBare)(bytes, options),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
}

/** What a request may have as Content-Encoding, as for an Accept-Encoding header. */
export const acceptedCodings = 'gzip, deflate, br, zstd'

/** More of them inside each other has no use but to make work. */
const mostCodings = 3

/** The codings of a Content-Encoding in the order in which they were applied; undefined when one of them is not known. */
export function contentCodings(header: string): readonly string[] | undefined {
  const codings = header
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter((each) => each !== '' && each !== 'identity')
  const known = codings.length <= mostCodings && codings.every((each) => Object.hasOwn(decompressors, each))
  return known ? codings : undefined
}

/**
 * Undoes codings; never makes more than `limit` bytes at a time.
 *
 * @throws Problem `body_too_large` when more would come out of it, `malformed_body` when it is not encoded so.
 */
export async function decoded(bytes: Uint8Array, codings: readonly string[], limit: number): Promise<Uint8Array> {
  let content = bytes
  for (const coding of codings.toReversed()) {
    try {
      content = await (decompressors[coding] as Decompress)(content, { maxOutputLength: Math.max(limit, 1) })
    } catch (cause) {
      const isLarge = cause instanceof RangeError && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE'
      throw isLarge ? bodyTooLarge(limit) : misencoded(coding, cause)
    }
  }
  return content
}

/** The problem of a body that is not encoded as its Content-Encoding says. */
export function misencoded(coding: string, cause: unknown): Problem {
  return problem('malformed_body', `The body is not encoded as ${coding}`, { cause })
}

/** Whether what is encoded as deflate has its zlib wrapper. */
export function isWrapped([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0
}
