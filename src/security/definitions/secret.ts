import { createHash, timingSafeEqual } from 'node:crypto'
import type { Awaitable } from '../../kernel/chain.ts'

/** Something that only its owner knows, as far as it can be told whether a text is it. */
export interface Secret {
  /** SHA-256 of it in hexadecimal digits, where it is random enough to be found by that. */
  readonly digest?: string
  readonly matches: (text: string) => Awaitable<boolean>
  /** Until when it counts, in milliseconds since 1970; for ever if it is not given. */
  readonly until?: number
}

/** SHA-256 of a text in hexadecimal digits. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** A secret of which only the digest is kept. */
export function digestSecret(digest: string, until?: number): Secret {
  const expected = Buffer.from(digest, 'hex')
  return {
    digest,
    matches: (text) => timingSafeEqual(createHash('sha256').update(text).digest(), expected),
    ...(until !== undefined && { until }),
  }
}
