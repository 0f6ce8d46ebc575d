import type { Problem } from '../../kernel/problem.ts'

/** Chunks until they are more than a limit, in bytes; then it throws what `tooMuch` makes. */
export async function* limited(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
  tooMuch: (limit: number) => Problem,
): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > limit) throw tooMuch(limit)
    yield chunk
  }
}
