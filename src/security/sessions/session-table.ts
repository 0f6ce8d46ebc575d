import type { StatementSync } from 'node:sqlite'
import type { Person } from '../login/login.ts'
import { keptRows } from '../store/kept-rows.ts'
import { openStore } from '../store/store.ts'
import { userKey } from '../users/user-name.ts'

/** A session as it is kept: never with the id that the browser has. */
export interface StoredSession {
  /** SHA-256 of the id, in hexadecimal digits. */
  readonly digest: string
  /** Who has logged in, as they were known then. */
  readonly person: Person
  /** When it began, in milliseconds since 1970. */
  readonly began: number
  /** When it was used, as far as that was written down, in milliseconds since 1970. */
  readonly seen: number
}

/** Where sessions are kept. */
export interface SessionTable {
  readonly find: (digest: string) => StoredSession | undefined
  readonly insert: (session: StoredSession) => void
  readonly touch: (digest: string, seen: number) => void
  /** Whether it was there. */
  readonly delete: (digest: string) => boolean
  /** How many there were. */
  readonly deleteOf: (username: string) => number
  /** Removes those that have not been used since, or have begun before. */
  readonly sweep: (times: { readonly seen: number; readonly began: number }) => void
  readonly close: () => void
}

const schema = `CREATE TABLE IF NOT EXISTS sessions (
  digest TEXT PRIMARY KEY,
  user TEXT NOT NULL,
  person TEXT NOT NULL,
  began INTEGER NOT NULL,
  seen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sessions_of_user ON sessions (user)`

/** Opens the table of sessions in the data folder; in memory where there is none. */
export function sessionTable(folder: string | undefined): SessionTable {
  // Each minute of each session is written: waiting for the disk would cost more than a power cut could.
  const store = openStore(folder, 'sessions', schema, { durable: 'normal' })
  const { db, changed, close } = store
  const byDigest = db.prepare('SELECT person, began, seen FROM sessions WHERE digest = ?')
  const inserted = db.prepare('INSERT INTO sessions VALUES (?, ?, ?, ?, ?)')
  const touched = db.prepare('UPDATE sessions SET seen = max(seen, ?) WHERE digest = ?')
  const deleted = db.prepare('DELETE FROM sessions WHERE digest = ?')
  const deletedOf = db.prepare('DELETE FROM sessions WHERE user = ?')
  const swept = db.prepare('DELETE FROM sessions WHERE seen <= ? OR began <= ?')
  const find = (digest: string): StoredSession | undefined => {
    const row = byDigest.get(digest)
    if (row === undefined) return undefined
    const { person, began, seen } = row
    return { digest, person: JSON.parse(String(person)) as Person, began: Number(began), seen: Number(seen) }
  }
  /** Writes, and says how many rows that was. */
  const write = (statement: StatementSync, ...values: readonly (string | number)[]): number => {
    const { changes } = statement.run(...values)
    changed()
    return Number(changes)
  }
  return {
    find: keptRows(store, find),
    insert: ({ digest, person, began, seen }) =>
      void write(inserted, digest, userKey(person.username), JSON.stringify(person), began, seen),
    touch: (digest, seen) => void write(touched, seen, digest),
    delete: (digest) => write(deleted, digest) === 1,
    deleteOf: (username) => write(deletedOf, userKey(username)),
    sweep: ({ seen, began }) => void write(swept, seen, began),
    close,
  }
}
