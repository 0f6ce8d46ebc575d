import type { SQLOutputValue } from 'node:sqlite'
import { keptRows } from '../store/kept-rows.ts'
import { openStore, transaction } from '../store/store.ts'
import { userKey } from './user-name.ts'
import type { User } from './users.ts'

/** A user with what never leaves. */
export interface StoredUser extends User {
  readonly hash: string
}

/** Where users are kept. */
export interface UserTable {
  readonly find: (username: string) => StoredUser | undefined
  /** In the order of their names. */
  readonly list: (prefix: string, after: string, most: number) => readonly StoredUser[]
  /** Whether the name was free. */
  readonly insert: (user: StoredUser) => boolean
  /** Writes what a function makes of a user, with nobody between reading and writing; undefined where there is no such user. */
  readonly update: (username: string, change: (user: StoredUser) => StoredUser) => StoredUser | undefined
  readonly delete: (username: string) => boolean
  readonly close: () => void
}

const schema = `CREATE TABLE IF NOT EXISTS users (
  key TEXT PRIMARY KEY,
  username TEXT NOT NULL,
  hash TEXT NOT NULL,
  roles TEXT NOT NULL,
  scopes TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  created TEXT NOT NULL,
  changed TEXT NOT NULL,
  last_login TEXT,
  stamp TEXT NOT NULL
) STRICT`

/** Behind all names that begin with the text in front of it. */
const last = '\u{10ffff}'

/** Opens the table of users in the data folder; in memory where there is none. */
export function userTable(folder: string | undefined): UserTable {
  const store = openStore(folder, 'users', schema)
  const { db, changed, close } = store
  const byKey = db.prepare('SELECT * FROM users WHERE key = ?')
  const listed = db.prepare('SELECT * FROM users WHERE key >= ? AND key < ? AND key > ? ORDER BY key LIMIT ?')
  const inserted = db.prepare('INSERT INTO users VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING')
  const replaced = db.prepare('REPLACE INTO users VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const deleted = db.prepare('DELETE FROM users WHERE key = ?')
  const find = (key: string): StoredUser | undefined => {
    const row = byKey.get(key)
    return row === undefined ? undefined : userOf(row)
  }
  /** What was written, with whatever it is that tells of it. */
  const written = <T>(result: T): T => {
    changed()
    return result
  }
  const kept = keptRows(store, find)
  return {
    find: (username) => kept(userKey(username)),
    list: (prefix, after, most) => {
      const key = userKey(prefix)
      return listed.all(key, key + last, userKey(after), most).map(userOf)
    },
    insert: (user) => written(inserted.run(...rowOf(user)).changes === 1),
    update: (username, change) =>
      written(
        transaction(db, () => {
          const user = find(userKey(username))
          if (user === undefined) return undefined
          const next = change(user)
          replaced.run(...rowOf(next))
          return next
        }),
      ),
    delete: (username) => written(deleted.run(userKey(username)).changes === 1),
    close,
  }
}

function userOf(row: Record<string, SQLOutputValue>): StoredUser {
  return {
    username: String(row.username),
    hash: String(row.hash),
    roles: JSON.parse(String(row.roles)) as readonly string[],
    scopes: JSON.parse(String(row.scopes)) as readonly string[],
    enabled: row.enabled === 1,
    created: String(row.created),
    changed: String(row.changed),
    lastLogin: row.last_login === null ? undefined : String(row.last_login),
    stamp: String(row.stamp),
  }
}

function rowOf(user: StoredUser) {
  const { username, hash, roles, scopes, enabled, created, changed, lastLogin, stamp } = user
  const lists = [JSON.stringify(roles), JSON.stringify(scopes)] as const
  return [
    userKey(username),
    username,
    hash,
    ...lists,
    enabled ? 1 : 0,
    created,
    changed,
    lastLogin ?? null,
    stamp,
  ] as const
}
