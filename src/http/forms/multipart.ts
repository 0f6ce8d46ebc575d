import { type Problem, problem } from '../../kernel/problem.ts'
import { type PartHeader, readPartHeader } from './part-header.ts'

/** One part of a form, whose content has to be read before the next part comes, or is skipped. */
export interface Part extends PartHeader {
  readonly content: AsyncIterable<Uint8Array>
}

/** How long the header of a part may be, in bytes. */
const headerLimit = 16 * 1024
/** Blanks that may stand behind a boundary (RFC 2046, 5.1.1). */
const padding = /^[ \t]*$/
const lineEnd = Buffer.from('\r\n')
const headerEnd = Buffer.from('\r\n\r\n')
const empty = Buffer.alloc(0)

/**
 * Reads `multipart/form-data` (RFC 7578, RFC 2046) part by part, as fast as the parts are read. What stands in front of
 * the first boundary and behind the last one is skipped.
 *
 * @throws Problem `malformed_body` for what is no multipart or ends too early, `body_too_large` for headers of a part
 *   beyond 16 KiB.
 */
export async function* multipartParts(chunks: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<Part> {
  const source = new Source(chunks)
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1')
  try {
    // The first boundary may stand at the very beginning.
    source.unread(lineEnd)
    for await (const _ of source.upTo(delimiter)) void _
    while (await opensPart(source)) {
      const header = await source.text(headerEnd, headerLimit)
      const content = source.upTo(delimiter)
      yield { ...readPartHeader(header), content }
      for await (const _ of content) void _
    }
    await source.skip()
  } finally {
    await source.close()
  }
}

/** Whether another part begins behind a boundary, not the end of the form. */
async function opensPart(source: Source): Promise<boolean> {
  if (await source.takes('--')) return false
  const rest = await source.text(lineEnd, headerLimit)
  if (!padding.test(rest)) throw malformed('a boundary does not stand on a line of its own')
  // A part without any header would begin with an empty line; its end is looked for together with this line's.
  source.unread(lineEnd)
  return true
}

/** Bytes that come in chunks, read from mark to mark. */
class Source {
  readonly #chunks: AsyncIterator<Uint8Array>
  #buffer: Buffer = empty

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** Puts bytes in front of all that is to be read. */
  unread(bytes: Uint8Array): void {
    this.#buffer = Buffer.concat([bytes, this.#buffer])
  }

  /** The bytes in front of a mark, as they come; the mark itself is read too. Over after the first time. */
  async *upTo(mark: Buffer): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = this.#buffer.indexOf(mark)
      // What may be the beginning of the mark stays for the next look.
      const end = at === -1 ? Math.max(0, this.#buffer.length - mark.length + 1) : at
      const ready = this.#buffer.subarray(0, end)
      this.#buffer = this.#buffer.subarray(at === -1 ? end : at + mark.length)
      if (ready.length > 0) yield ready
      if (at !== -1) return
      const rest = this.#buffer
      this.#buffer = empty
      if (!(await this.#more())) throw malformed('it ends too early')
      // Large chunks are not copied to stand behind what is left of the one before.
      const joint = Buffer.concat([rest, this.#buffer.subarray(0, mark.length - 1)])
      if (this.#buffer.length < mark.length || joint.includes(mark)) this.unread(rest)
      else if (rest.length > 0) yield rest
    }
  }

  /** The text in front of a mark, a character for each byte; the mark itself is read too. */
  async text(mark: Buffer, limit: number): Promise<string> {
    for (;;) {
      const at = this.#buffer.indexOf(mark)
      if (at > limit || (at === -1 && this.#buffer.length > limit)) {
        throw problem('body_too_large', `The headers of a part may measure ${limit} bytes`)
      }
      if (at !== -1) {
        const text = this.#buffer.toString('latin1', 0, at)
        this.#buffer = this.#buffer.subarray(at + mark.length)
        return text
      }
      if (!(await this.#more())) throw malformed('it ends too early')
    }
  }

  /** Reads a text if it comes next. */
  async takes(text: string): Promise<boolean> {
    while (this.#buffer.length < text.length && (await this.#more()));
    if (this.#buffer.toString('latin1', 0, text.length) !== text) return false
    this.#buffer = this.#buffer.subarray(text.length)
    return true
  }

  /** Reads all that is left, and drops it. */
  async skip(): Promise<void> {
    do this.#buffer = empty
    while (await this.#more())
  }

  async close(): Promise<void> {
    await this.#chunks.return?.()
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#chunks.next()
    if (done === true) return false
    this.#buffer =
      this.#buffer.length === 0
        ? Buffer.from(value.buffer, value.byteOffset, value.length)
        : Buffer.concat([this.#buffer, value])
    return true
  }
}

function malformed(why: string): Problem {
  return problem('malformed_body', `The body is not valid multipart/form-data: ${why}`)
}
