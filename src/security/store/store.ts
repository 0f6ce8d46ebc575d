import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'

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
  const path = folder === undefined ? ':memory:' : join(folder, `${name}.db`)
  const db = opened(path, () => {
    if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 })
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
  let known = 0
  let knownOf = -1
  let asked = 0
  const changedByOthers = (): number => Number(read.get()?.data_version ?? 0)
  return {
    db,
    version: () => {
      const now = performance.now()
      if (knownOf === changes && now - asked < patience) return known
      asked = now
      knownOf = changes
      known = changedByOthers() + changes * 2 ** 32
      return known
    },
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
    const mend = "make its folder one that the app may write to, or name another with 'data'"
    throw new Error(`${path} cannot be opened: ${mend}`, { cause })
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
