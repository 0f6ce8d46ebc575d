import { streamOf } from './body.ts'
import { BodyError, type CallName } from './errors.ts'
import { bytes } from './read/bytes.ts'
import type { Budget } from './timeouts.ts'

/** A body that is read once: whole, and then as often as anybody likes, or as a stream. */
export interface KeptBody {
  readonly whole: () => Promise<Uint8Array<ArrayBuffer>>
  readonly stream: () => ReadableStream<Uint8Array>
  readonly discard: () => Promise<void>
}

/** Keeps what is read of a body. */
export function keptBody(
  body: ReadableStream<Uint8Array>,
  call: CallName,
  budget: Budget,
  giveUp: () => void,
): KeptBody {
  let kept: Promise<Uint8Array<ArrayBuffer>> | undefined
  let gone = ''
  const take = (how: string): void => {
    if (gone !== '')
      throw new BodyError(call, `has a body that was ${gone} already: read it once, or with text() or bytes()`)
    gone = how
  }
  return {
    whole: async () => {
      if (kept === undefined) {
        take('read')
        kept = budget(() => collected(body))
      }
      return kept
    },
    stream: () => {
      if (kept !== undefined) return streamOf(copied(kept))
      take('read as a stream')
      return body
    },
    discard: async () => {
      if (kept !== undefined) return
      gone ||= 'discarded'
      // Who reads a stream holds it; then the connection is closed under it.
      if (body.locked) giveUp()
      else await body.cancel().catch(() => {})
    },
  }
}

async function* copied(kept: Promise<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield (await kept).slice()
}

async function collected(body: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of bytes(body)) {
    parts.push(part)
    size += part.length
  }
  const all = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
