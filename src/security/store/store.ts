import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'

/** A file of SQLite in the data folder, or one in memory, that processes of one machine share. */
export interface Store {
  readonly db: DatabaseSync
  /** Another number after each change by whichever process. It costs two microseconds. */
  readonly version: () => number
  /** Has a change by this process count, too. */
  readonly changed: () => void
  readonly close: () => void
}

/** How durable what is written is: `full` outlasts a power cut, `off` only the process. */
export interface StoreOptions {
  readonly durable: 'full' | 'normal' | 'off'
}

/**
 * Opens `<name>.db` in the data folder; in memory where there is none. The tables that `schema` makes have to be able to
 * be there already: `CREATE TABLE IF NOT EXISTS`.
 *
 * @throws Error when the file cannot be opened, with its path.
 */
export function openStore(
  folder: string | undefined,
  name: string,
  schema: string,
  { durable }: StoreOptions = { durable: 'full' },
): Store {
  // Loaded only by apps that keep something.
  const { DatabaseSync: Database } = process.getBuiltinModule('node:sqlite')
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = folder === undefined ? ':memory:' : join(folder, `${name}.db`)
  const db = opened(() => new Database(path, { timeout: 5000 }), path)
  // Two processes that begin at once have to take turns also here.
  db.exec('PRAGMA busy_timeout = 5000')
  if (folder !== undefined) db.exec('PRAGMA journal_mode = WAL')
  db.exec(`PRAGMA synchronous = ${durable}`)
  db.exec('PRAGMA foreign_keys = ON')
  db.exec(schema)
  const read = db.prepare('PRAGMA data_version')
  let own = 0
  return {
    db,
    version: () => Number(read.get()?.data_version ?? 0) + own * 2 ** 32,
    changed: () => {
      own += 1
    },
    close: () => {
      if (db.isOpen) db.close()
    },
  }
}

function opened(open: () => DatabaseSync, path: string): DatabaseSync {
  try {
    return open()
  } catch (cause) {
    throw new Error(
      `${path} cannot be opened: make its folder one that the app may write to, or name another with 'data'`,
      {
        cause,
      },
    )
  }
}

/** Runs something as one transaction that begins by taking the right to write. */
export function transaction<T>(db: DatabaseSync, run: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = run()
    db.exec('COMMIT')
    return result
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}
