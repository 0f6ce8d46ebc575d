import { writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'

/**
 * Bytes that are read while they come, once: with `for await`, or by one of its methods.
 *
 * ```ts
 * const stream = ByteStream.from(['Hel', 'lo'], 'text/plain')
 * stream.type // => 'text/plain'
 * await stream.text() // => 'Hello'
 * ```
 */
export class ByteStream implements AsyncIterable<Uint8Array> {
  /** The media type that the sender named, or `''`. */
  readonly type: string
  /** How many bytes there are; undefined when only reading tells. */
  readonly size: number | undefined
  readonly #chunks: AsyncIterable<Uint8Array>

  constructor(chunks: AsyncIterable<Uint8Array>, type: string, size?: number) {
    this.#chunks = chunks
    this.type = type
    this.size = size
  }

  /** A stream of texts and bytes that are there already, for tests and for calls in process. */
  static from(
    chunks: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
    type: string = 'application/octet-stream',
  ): ByteStream {
    return new ByteStream(encoded(chunks), type)
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return this.#chunks[Symbol.asyncIterator]()
  }

  /** All of them, in memory. */
  async bytes(): Promise<Uint8Array> {
    const chunks: Uint8Array[] = []
    for await (const chunk of this) chunks.push(chunk)
    return chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks)
  }

  /** All of them as UTF-8. */
  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes())
  }

  /** The same as a stream of the web. */
  stream(): ReadableStream<Uint8Array> {
    return Readable.toWeb(Readable.from(this, { objectMode: false })) as ReadableStream<Uint8Array>
  }

  /** Writes them to a file, which is replaced if it is there. @throws Error when the path cannot be written. */
  async saveTo(path: string): Promise<void> {
    await writeFile(path, this)
  }
}

async function* encoded(
  chunks: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk
}
