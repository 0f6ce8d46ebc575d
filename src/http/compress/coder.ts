import { promisify } from 'node:util'
import type { Coding } from './compress-settings.ts'

type Zlib = typeof import('node:zlib')
type Streamed = ReturnType<Zlib['createGzip']> | ReturnType<Zlib['createBrotliCompress']>

/** One coding, at the level that suits replies which are made on the spot. */
interface Coder {
  readonly whole: (body: string | Uint8Array) => Buffer
  readonly large: (body: string | Uint8Array) => Promise<Buffer>
  readonly stream: () => Streamed
}

/** Bodies from this size on are compressed on another thread, in bytes: below it handing them over costs more. */
const large = 16 * 1024

/** Compresses what is there as a whole: at once where it is small, else on another thread. */
export function compressed(body: string | Uint8Array, coding: Coding): Buffer | Promise<Buffer> {
  const coder = coders()[coding]
  return body.length < large ? coder.whole(body) : coder.large(body)
}

/** Compresses parts as they come; each can be read on the other side as soon as it has left. */
export function compressedParts(
  parts: AsyncIterable<string | Uint8Array>,
  coding: Coding,
): AsyncIterableIterator<Uint8Array> {
  const source = parts[Symbol.asyncIterator]()
  const made = codedParts({ [Symbol.asyncIterator]: () => source }, coding)
  return {
    next: () => made.next(),
    // A generator tells its source nothing before it has begun, or while it waits for the next part.
    return: async () => {
      await Promise.all([source.return?.(), made.return(undefined)])
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

async function* codedParts(parts: AsyncIterable<string | Uint8Array>, coding: Coding): AsyncGenerator<Uint8Array> {
  const stream = coders()[coding].stream()
  const made: Buffer[] = []
  const take = (): Buffer => Buffer.concat(made.splice(0))
  let wake: ((error?: Error) => void) | undefined
  stream.on('data', (bytes: Buffer) => made.push(bytes))
  // What a write or a flush waits for is never told of a failure.
  stream.on('error', (error: Error) => wake?.(error))
  const step = (begin: (done: () => void) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      wake = (error) => (error === undefined ? resolve() : reject(error))
      begin(() => resolve())
    })
  try {
    for await (const part of parts) {
      if (part.length === 0) continue
      await step((done) => stream.write(part, done))
      await step((done) => stream.flush(coding === 'gzip' ? syncFlush : undefined, done))
      const bytes = take()
      if (bytes.length > 0) yield bytes
    }
    await step((done) => {
      stream.once('end', done)
      stream.end()
    })
    const rest = take()
    if (rest.length > 0) yield rest
  } finally {
    stream.destroy()
  }
}

/** `Z_SYNC_FLUSH`: keeps the window, unlike the default. */
const syncFlush = 2

let made: Readonly<Record<Coding, Coder>> | undefined

function coders(): Readonly<Record<Coding, Coder>> {
  made ??= makeCoders(process.getBuiltinModule('node:zlib'))
  return made
}

function makeCoders(zlib: Zlib): Readonly<Record<Coding, Coder>> {
  const { constants } = zlib
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }
  const zstd = { params: { [constants.ZSTD_c_compressionLevel]: 3 } }
  const gzip = { level: 6 }
  return {
    gzip: {
      whole: (body) => zlib.gzipSync(body, gzip),
      large: (body) => promisify(zlib.gzip)(body, gzip),
      stream: () => zlib.createGzip(gzip),
    },
    br: {
      whole: (body) => zlib.brotliCompressSync(body, brotli),
      large: (body) => promisify(zlib.brotliCompress)(body, brotli),
      stream: () => zlib.createBrotliCompress(brotli),
    },
    zstd: {
      whole: (body) => zlib.zstdCompressSync(body, zstd),
      large: (body) => promisify(zlib.zstdCompress)(body, zstd),
      stream: () => zlib.createZstdCompress(zstd),
    },
  }
}
