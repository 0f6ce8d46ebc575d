import { BoundedMap } from '../authenticate/bounded-map.ts'
import { userKey } from '../users/user-name.ts'

/** Which user names are really some: whoever types a password where the name belongs must not find it in the events. */
export interface KnownLogins {
  /** Told of a name under which somebody has logged in. */
  readonly succeeded: (username: string) => void
  /** The name, as events may have it; nothing for one that is not known. */
  readonly told: (username: string) => { readonly username?: string }
}

/** So many names are remembered. */
const remembered = 10_000

/** Remembers the names under which people log in, beside those that are stored. */
export function knownLogins(isStored: (username: string) => boolean): KnownLogins {
  const seen = new BoundedMap<true>(remembered)
  return {
    succeeded: (username) => seen.set(userKey(username), true),
    told: (username) => (seen.get(userKey(username)) === true || isStored(username) ? { username } : {}),
  }
}
