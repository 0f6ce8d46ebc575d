import type { DefinitionBook } from '../definitions/book.ts'
import { type Accepted, accepted } from './accepted.ts'

/** Gives what some names take at the moment: channels that ask for the same share it, and what it has learnt. */
export type AcceptedSets = (names: readonly string[]) => () => Accepted

/** What sets have to know of the tokens that the app issues itself. */
export interface IssuedTokens {
  /** Another number after each revocation, by whichever process. */
  readonly revocations: () => number
  /** Where it is told how to get them (RFC 9728). */
  readonly resourceMetadata: string | undefined
}

/** Compiles the sets of definitions that channels take, once for each list of names, and anew after each change. */
export function acceptedSets(book: DefinitionBook, title: string, issued?: IssuedTokens): AcceptedSets {
  const sets = new Map<string, () => Accepted>()
  return (names) => {
    const key = JSON.stringify(names)
    const current = sets.get(key) ?? following(names)
    sets.set(key, current)
    return current
  }

  function following(names: readonly string[]): () => Accepted {
    let version = Number.NaN
    let revocations = 0
    let set: Accepted = accepted([], title)
    return () => {
      const now = book.version()
      const revoked = set.issued && issued !== undefined ? issued.revocations() : 0
      if (now !== version || revoked !== revocations) {
        version = now
        revocations = revoked
        set = accepted(book.resolve(names), title, issued?.resourceMetadata)
      }
      return set
    }
  }
}
