import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { StartupError } from '../../kernel/startup-error.ts'

/** A file of SQLite in the data folder, or one in memory, that processes of one machine share. */
export interface Store {
  readonly db: DatabaseSync
  /**
   * Another number after each change. Other processes are asked about at most once in a millisecond, since asking takes
   * microseconds; what this process has said to be `changed` counts at once, whichever of its apps did it.
   */
  readonly version: () => number
  /** Another number after each change by whoever else has opened the file; exact within a transaction. */
  readonly changedByOthers: () => number
  /** Has a change by this process count, too: told behind each that somebody asks the version for. */
  readonly changed: () => void
  readonly close: () => void
}

/** How durable what is written is: `full` outlasts a power cut, `off` only the process. */
export interface StoreOptions {
  readonly durable: 'full' | 'normal' | 'off'
}

/** For so long other processes are not asked about again, in milliseconds. */
const patience = 1

/** Changes by this process to whichever file, since several apps in it may share one. */
let changes = 0

/**
 * Remembers for a millisecond what was found out about other processes, since that takes longer than all else that is
 * done for a call; after a change by this process it is found out at once.
 */
export function remembered<T>(findOut: () => T): () => T {
  let last: { readonly found: T; readonly at: number; readonly changes: number } | undefined
  return () => {
    const now = performance.now()
    if (last === undefined || last.changes !== changes || now - last.at >= patience) {
      last = { found: findOut(), at: now, changes }
    }
    return last.found
  }
}

/**
 * Opens `<name>.db` in the data folder; in memory where there is none. The tables that `schema` makes have to be able to
 * be there already: `CREATE TABLE IF NOT EXISTS`.
 *
 * @throws StartupError when the file cannot be opened, with its path.
 */
export function openStore(
  folder: string | undefined,
  name: string,
  schema: string,
  { durable }: StoreOptions = { durable: 'full' },
): Store {
  // Loaded only by apps that keep something.
  const { DatabaseSync: Database } = process.getBuiltinModule('node:sqlite')
  const path = folder === undefined ? ':memory:' : join(folder, `${name}.db`)
  const db = opened(path, () => {
    if (folder !== undefined) {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      // Also where the folder is one that others may read; the files beside it get the same rights. One that is there is
      // left alone: closing it would undo the locks that other stores of this process have on it.
      if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
    }
    const made = new Database(path, { timeout: 5000 })
    try {
      // Two processes that begin at once have to take turns also here.
      made.exec('PRAGMA busy_timeout = 5000')
      if (folder !== undefined) made.exec('PRAGMA journal_mode = WAL')
      made.exec(`PRAGMA synchronous = ${durable}`)
      made.exec('PRAGMA foreign_keys = ON')
      made.exec(schema)
    } catch (error) {
      // Whoever tries again and again must not run out of files.
      made.close()
      throw error
    }
    return made
  })
  const read = db.prepare('PRAGMA data_version')
  const changedByOthers = (): number => Number(read.get()?.data_version ?? 0)
  return {
    db,
    version: remembered(() => changedByOthers() + changes * 2 ** 32),
    changedByOthers,
    changed: () => {
      changes += 1
    },
    close: () => {
      if (db.isOpen) db.close()
    },
  }
}

function opened(path: string, open: () => DatabaseSync): DatabaseSync {
  try {
    return open()
  } catch (cause) {
    const mend = isBroken(cause)
      ? 'it is damaged, or no database: put back a backup, or move it away to begin anew'
      : "make its folder one that the app may write to, or name another with 'data'"
    throw new StartupError([`${path} cannot be opened: ${mend}`], { cause })
  }
}

/** SQLITE_CORRUPT and SQLITE_NOTADB. */
function isBroken(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (error.errcode === 11 || error.errcode === 26)
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
