import { pipeline, Readable, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib'
import { isProblem } from '../../kernel/problem.ts'
import { limited } from '../forms/limited.ts'
import type { BodySource } from './body-reader.ts'
import { bodyTooLarge } from './body-too-large.ts'
import { decoded, isWrapped, misencoded } from './content-coding.ts'

const decompressors: Readonly<Record<string, (beginning: Uint8Array) => Transform>> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  deflate: (beginning) => (isWrapped(beginning) ? createInflate() : createInflateRaw()),
  br: () => createBrotliDecompress(),
  zstd: () => createZstdDecompress(),
}

/** A body with its codings undone while it comes; the limits of who reads it hold before and after each of them. */
export function decodedSource(source: BodySource, codings: readonly string[]): BodySource {
  return {
    headers: source.headers,
    bodyLength: undefined,
    readBody: async (limit) => {
      const bytes = await source.readBody(limit)
      return bytes.length === 0 ? bytes : decoded(bytes, codings, limit)
    },
    streamBody: (limit) =>
      codings
        .toReversed()
        .reduce((chunks, coding) => undone(limited(chunks, limit, bodyTooLarge), coding), source.streamBody(limit)),
  }
}

async function* undone(chunks: AsyncIterable<Uint8Array>, coding: string): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]()
  const beginning = await beginningOf(iterator)
  const decompress = decompressors[coding]?.(beginning)
  if (beginning.length === 0 || decompress === undefined) return
  const encoded = Readable.from(resumed(beginning, iterator), { objectMode: false })
  try {
    // Whoever fails or leaves ends the other one; what failed is thrown below.
    yield* pipeline(encoded, decompress, () => {})
  } catch (cause) {
    throw isProblem(cause) ? cause : misencoded(coding, cause)
  }
}

/** Enough to tell what it is, if there is as much. */
async function beginningOf(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let bytes: Uint8Array = new Uint8Array(0)
  while (bytes.length < 2) {
    const { done, value } = await chunks.next()
    if (done === true) break
    bytes = Buffer.concat([bytes, value])
  }
  return bytes
}

async function* resumed(beginning: Uint8Array, chunks: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield beginning
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value
  } finally {
    await chunks.return?.()
  }
}
