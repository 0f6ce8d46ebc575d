import { randomUUID } from 'node:crypto'
import type { StoredContent } from '../../kernel/media.ts'
import { type ByteRange, contentRange } from './byte-range.ts'

/** Several parts of some content as one body (RFC 9110, 14.6). */
export interface ByterangesBody {
  readonly type: string
  /** In bytes. */
  readonly length: number
  readonly parts: AsyncIterable<Uint8Array>
}

/** Puts parts of some content together as `multipart/byteranges`. */
export function byterangesBody({ type, size, read }: StoredContent, ranges: readonly ByteRange[]): ByterangesBody {
  const boundary = randomUUID()
  const heads = ranges.map((range, at) =>
    Buffer.from(
      `${at === 0 ? '' : '\r\n'}--${boundary}\r\nContent-Type: ${type}\r\nContent-Range: ${contentRange(range, size)}\r\n\r\n`,
    ),
  )
  const end = Buffer.from(`\r\n--${boundary}--\r\n`)
  const length = ranges.reduce((sum, { from, to }) => sum + to - from, 0)
  async function* parts(): AsyncIterable<Uint8Array> {
    for (const [at, { from, to }] of ranges.entries()) {
      yield heads[at] as Buffer
      const part = read(from, to)
      if (part instanceof Uint8Array) yield part
      else yield* part
    }
    yield end
  }
  return {
    type: `multipart/byteranges; boundary=${boundary}`,
    length: heads.reduce((sum, head) => sum + head.length, length + end.length),
    parts: parts(),
  }
}
