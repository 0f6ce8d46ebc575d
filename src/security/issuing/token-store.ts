import { openStore, type Store, transaction } from '../store/store.ts'

/** What a refresh token stands for. */
export interface RefreshGrant {
  /** The name that all tokens share that follow from one login. */
  readonly family: string
  /** The client that it was given to; null where there was none. */
  readonly client: string | null
  /** Who logged in, as JSON. */
  readonly person: string
  /** The scopes with spaces between them. */
  readonly scope: string
  /** In milliseconds since 1970. */
  readonly expires: number
}

/** A refresh token that was found. */
export interface KeptRefresh extends RefreshGrant {
  readonly used: boolean
}

/** A key that was made. */
export interface KeptKey {
  readonly kid: string
  /** The secret in base64url, or the private key in PEM. */
  readonly key: string
  /** When it was made, in milliseconds since 1970. */
  readonly created: number
  /** Since when it counts no more, in milliseconds since 1970; null as long as it signs. */
  readonly expires: number | null
}

/** What tokens need to be remembered of, in the data folder. It is opened when it is first asked. */
export interface TokenStore {
  /** Another number after each revocation by whichever process; 0 as long as nothing was asked. */
  readonly revocations: () => number
  /** Another number after each change by another process, and of keys and revocations by this one. */
  readonly version: () => number
  readonly isRevoked: (ids: readonly string[]) => boolean
  /** Revokes a token or a family by its id, until it would have ended anyway. */
  readonly revoke: (id: string, until: number, now: number) => void
  readonly findRefresh: (digest: string, now: number) => KeptRefresh | undefined
  readonly addRefresh: (digest: string, grant: RefreshGrant, now: number) => void
  /** Puts a new refresh token in the place of one; false when that was used before, or is not there any more. */
  readonly renew: (digest: string, next: string, grant: RefreshGrant, now: number) => boolean
  /** Takes all refresh tokens of a family away, and revokes its access tokens, which last until then. */
  readonly endFamily: (family: string, until: number) => void
  /** The keys of an algorithm that still count, the newest first. */
  readonly keys: (algorithm: string, now: number) => readonly KeptKey[]
  /** Adds a key, and has those before it end; unless one that was made since then is there. */
  readonly addKey: (algorithm: string, key: Pick<KeptKey, 'kid' | 'key'>, times: KeyTimes) => void
  readonly close: () => void
}

/** When a key is made, in milliseconds since 1970. */
export interface KeyTimes {
  readonly now: number
  /** A key that was made after this is new enough. */
  readonly newest: number
  /** When the keys before it count no more. */
  readonly ends: number
}

const schema = `
  CREATE TABLE IF NOT EXISTS refresh_tokens (
    digest TEXT PRIMARY KEY,
    family TEXT NOT NULL,
    client TEXT,
    person TEXT NOT NULL,
    scope TEXT NOT NULL,
    expires INTEGER NOT NULL,
    used INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX IF NOT EXISTS refresh_tokens_by_family ON refresh_tokens (family);
  CREATE INDEX IF NOT EXISTS refresh_tokens_by_end ON refresh_tokens (expires);
  CREATE TABLE IF NOT EXISTS revoked (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    expires INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS signing_keys (
    kid TEXT PRIMARY KEY,
    algorithm TEXT NOT NULL,
    key TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER
  ) STRICT;
`

/** How often rows that have expired are looked for, in milliseconds. */
const sweepEvery = 60_000

/** The store of an app's tokens; nothing is opened before it is asked. */
export function tokenStore(folder: string | undefined): TokenStore {
  let opened: { readonly store: Store; readonly asked: ReturnType<typeof statements> } | undefined
  let seen = Number.NaN
  let revocations = 0
  let swept = 0

  const open = () => {
    if (opened === undefined) {
      const store = openStore(folder, 'tokens', schema)
      opened = { store, asked: statements(store) }
    }
    return opened
  }
  const sweep = (now: number): void => {
    if (now - swept < sweepEvery) return
    swept = now
    for (const each of open().asked.expired) each.run(now)
  }

  return {
    revocations: () => {
      // Every call with a token comes by here.
      if (opened === undefined) return 0
      const { store, asked } = opened
      const now = store.version()
      // Other processes write for each login, too: only a revocation counts here.
      if (now !== seen) revocations = Number(asked.revocations.get()?.seq ?? 0)
      seen = now
      return revocations
    },
    version: () => open().store.version(),
    isRevoked: (ids) => ids.some((id) => open().asked.isRevoked.get(id) !== undefined),
    revoke: (id, until, now) => {
      const { store, asked } = open()
      sweep(now)
      asked.revoke.run(id, until)
      store.changed()
    },
    findRefresh: (digest, now) => {
      const row = open().asked.findRefresh.get(digest, now)
      if (row === undefined) return undefined
      const client = row.client === null ? null : String(row.client)
      const [family, person, scope] = [String(row.family), String(row.person), String(row.scope)]
      return { family, client, person, scope, expires: Number(row.expires), used: row.used !== 0 }
    },
    addRefresh: (digest, { family, client, person, scope, expires }, now) => {
      sweep(now)
      open().asked.addRefresh.run(digest, family, client, person, scope, expires)
    },
    renew: (digest, next, { family, client, person, scope, expires }, now) => {
      const { store, asked } = open()
      sweep(now)
      return transaction(store.db, () => {
        if (asked.use.run(digest, now).changes !== 1) return false
        asked.addRefresh.run(next, family, client, person, scope, expires)
        return true
      })
    },
    endFamily: (family, until) => {
      const { store, asked } = open()
      transaction(store.db, () => {
        asked.endFamily.run(family)
        asked.revoke.run(family, until)
      })
      store.changed()
    },
    keys: (algorithm, now) =>
      open()
        .asked.keys.all(algorithm, now)
        .map((row) => ({
          kid: String(row.kid),
          key: String(row.key),
          created: Number(row.created),
          expires: row.expires === null ? null : Number(row.expires),
        })),
    addKey: (algorithm, { kid, key }, { now, newest, ends }) => {
      const { store, asked } = open()
      transaction(store.db, () => {
        if (asked.newerKey.get(algorithm, newest) !== undefined) return
        asked.endKeys.run(ends)
        asked.addKey.run(kid, algorithm, key, now)
      })
      store.changed()
    },
    close: () => opened?.store.close(),
  }
}

function statements({ db }: Store) {
  return {
    revocations: db.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'revoked'`),
    isRevoked: db.prepare('SELECT 1 FROM revoked WHERE id = ?'),
    revoke: db.prepare(
      'INSERT INTO revoked (id, expires) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET expires = max(expires, excluded.expires)',
    ),
    findRefresh: db.prepare('SELECT * FROM refresh_tokens WHERE digest = ? AND expires > ?'),
    addRefresh: db.prepare(
      'INSERT INTO refresh_tokens (digest, family, client, person, scope, expires) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    use: db.prepare('UPDATE refresh_tokens SET used = 1 WHERE digest = ? AND used = 0 AND expires > ?'),
    endFamily: db.prepare('DELETE FROM refresh_tokens WHERE family = ?'),
    keys: db.prepare(
      'SELECT * FROM signing_keys WHERE algorithm = ? AND (expires IS NULL OR expires > ?) ORDER BY created DESC, kid',
    ),
    newerKey: db.prepare('SELECT 1 FROM signing_keys WHERE algorithm = ? AND expires IS NULL AND created > ?'),
    endKeys: db.prepare('UPDATE signing_keys SET expires = ? WHERE expires IS NULL'),
    addKey: db.prepare('INSERT INTO signing_keys (kid, algorithm, key, created) VALUES (?, ?, ?, ?)'),
    expired: [
      db.prepare('DELETE FROM refresh_tokens WHERE expires <= ?'),
      db.prepare('DELETE FROM revoked WHERE expires <= ?'),
      db.prepare('DELETE FROM signing_keys WHERE expires <= ?'),
    ],
  }
}
