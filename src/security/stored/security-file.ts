import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { openStore, remembered, type Store, transaction } from '../store/store.ts'

const schema = `
  CREATE TABLE IF NOT EXISTS revision (one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS definitions (
    name TEXT PRIMARY KEY, kind TEXT NOT NULL, username TEXT UNIQUE, settings TEXT NOT NULL, grants TEXT NOT NULL,
    enabled INTEGER NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS secrets (
    id INTEGER PRIMARY KEY, definition TEXT NOT NULL REFERENCES definitions (name) ON DELETE CASCADE,
    hash TEXT NOT NULL, prefix TEXT, created INTEGER NOT NULL, until INTEGER
  ) STRICT;
  CREATE INDEX IF NOT EXISTS secrets_by_definition ON secrets (definition);
  CREATE TABLE IF NOT EXISTS switched_off (name TEXT PRIMARY KEY) STRICT;
  CREATE TABLE IF NOT EXISTS groups (name TEXT PRIMARY KEY, created INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS members (
    group_name TEXT NOT NULL, definition TEXT NOT NULL, PRIMARY KEY (group_name, definition)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS uses (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;
`

/** The file with the definitions and groups that are made while an app runs; opened when somebody needs it. */
export interface SecurityFile {
  /** Another number after each change of definitions or groups. */
  readonly revision: () => number
  /** What to read from; nothing as long as nobody has kept anything. */
  readonly reading: () => DatabaseSync | undefined
  /** Changes definitions or groups, all or nothing. */
  readonly change: <T>(run: (db: DatabaseSync) => T) => T
  readonly close: () => void
}

/** Makes it; in memory where there is no folder. */
export function securityFile(folder: string | undefined): SecurityFile {
  const path = folder === undefined ? undefined : join(folder, 'security.db')
  let store: Store | undefined
  let closed = false
  const isThere = remembered(() => path !== undefined && existsSync(path))
  let seen = { version: Number.NaN, revision: 0 }

  const opened = (): Store => {
    if (closed) throw new Error('The app has closed, and keeps no security definitions any more')
    store ??= openStore(folder, 'security', schema)
    return store
  }
  const present = (): Store | undefined => {
    if (store !== undefined || closed) return store
    return isThere() ? opened() : undefined
  }
  return {
    revision: () => {
      const found = present()
      if (found === undefined) return 0
      const version = found.version()
      // Last uses are written to the same file, and change nothing of who may call.
      if (version !== seen.version) seen = { version, revision: revisionOf(found.db) }
      return seen.revision
    },
    reading: () => present()?.db,
    change: (run) => {
      const { db, changed } = opened()
      const result = transaction(db, () => {
        const made = run(db)
        db.exec('INSERT INTO revision VALUES (1, 1) ON CONFLICT DO UPDATE SET number = number + 1')
        return made
      })
      changed()
      return result
    },
    close: () => {
      closed = true
      store?.close()
      store = undefined
    },
  }
}

function revisionOf(db: DatabaseSync): number {
  return Number(db.prepare('SELECT number FROM revision').get()?.number ?? 0)
}
