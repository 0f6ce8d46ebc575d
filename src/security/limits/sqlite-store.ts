import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '../../kernel/clock.ts'
import { openStore } from '../store/store.ts'
import { batchedStore, type Group } from './batched-store.ts'
import { counted, type LimitStore, type Outcome } from './limit-store.ts'
import { sqliteCounters } from './sqlite-counters.ts'

const schema = `CREATE TABLE IF NOT EXISTS counters (
  name TEXT PRIMARY KEY, state BLOB NOT NULL, expires INTEGER NOT NULL
) WITHOUT ROWID`

/** How long a process that is alone keeps the right to write, in milliseconds. */
const held = 20
/** How long no other process may have counted before one takes itself to be alone, in milliseconds. */
const quiet = 1000
/** How long others are waited for, in milliseconds. */
const patience = 2000

/**
 * Counts in `limits.db` of the data folder, exactly for all processes of this machine that share it: only who has the
 * right to write counts. With others about, the calls of one turn of the event loop are one transaction. A process that
 * is alone keeps the right for a moment, and counts in memory meanwhile; others wait until then, without being blocked,
 * and leave word in `limits.wanted`, so that it keeps to single turns from then on. A crash forgets that moment.
 */
export function sqliteStore(folder: string, clock: Clock): LimitStore {
  const { db, changedByOthers, close } = openStore(folder, 'limits', schema, { durable: 'off' })
  // Waiting is done here, where it holds up nothing else.
  db.exec('PRAGMA busy_timeout = 0')
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const counters = sqliteCounters(db)
  const mark = join(folder, 'limits.wanted')
  let marked = markedAt(mark)
  let seen = Number.NaN
  let othersAt = clock.elapsed()
  let holding: NodeJS.Timeout | undefined
  /** Whether what was counted last could not be written: then nothing is taken for counted before it is. */
  let failing = false

  const countNow = ({ hits, how, names }: Group): readonly Outcome[] => {
    const outcomes = counted(hits, how, clock.now().getTime(), (_, at) => counters.stateOf(names[at] as string))
    if (how === 'add' || (how === 'take' && outcomes.every(({ passed }) => passed))) counters.changed(hits, names)
    return outcomes
  }
  const count = async (groups: readonly Group[]): Promise<readonly (readonly Outcome[])[]> => {
    await untilBegun()
    if (holding !== undefined) return groups.map(countNow)
    return finishing(() => groups.map(countNow))
  }
  const countAtOnce = (group: Group): readonly Outcome[] | undefined => {
    if (holding === undefined && !hold()) return undefined
    return countNow(group)
  }
  return batchedStore(clock, count, {
    countAtOnce,
    close: async () => {
      release()
      close()
    },
  })

  /** Takes the right to write, if nobody has it. */
  function hasBegun(): boolean {
    try {
      begin.run()
    } catch (error) {
      if (!isBusy(error)) throw error
      othersAt = clock.elapsed()
      return false
    }
    const now = changedByOthers()
    if (now !== seen) {
      seen = now
      othersAt = clock.elapsed()
      counters.forget()
    }
    return true
  }

  async function untilBegun(): Promise<void> {
    const began = performance.now()
    let asked = false
    while (holding === undefined && !hasBegun()) {
      if (performance.now() - began > patience) throw new Error(`${folder}/limits.db is locked by another process`)
      if (!asked) writeFileSync(mark, '')
      asked = true
      await delay(1)
    }
  }

  /** Keeps the right to write for a moment, where nobody else seems to want it. */
  function hold(): boolean {
    const alone = (): boolean => clock.elapsed() - othersAt >= quiet
    // A turn that has begun to count ends first.
    if (failing || db.isTransaction || !alone() || !hasBegun()) return false
    if (!alone()) {
      commit.run()
      return false
    }
    holding = setTimeout(release, held).unref()
    return true
  }

  function release(): void {
    if (holding === undefined) return
    clearTimeout(holding)
    holding = undefined
    try {
      finishing(() => {})
    } catch {
      // What is wrong will be told to whoever counts next.
    }
    const now = markedAt(mark)
    if (now !== marked) othersAt = clock.elapsed()
    marked = now
  }

  /** Writes what has changed, and gives the right to write back. */
  function finishing<T>(run: () => T): T {
    try {
      const result = run()
      const wrote = counters.write(clock.now().getTime())
      commit.run()
      if (wrote) failing = false
      return result
    } catch (error) {
      failing = true
      counters.forget()
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }
}

function markedAt(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs
}

/** SQLITE_BUSY, with whatever more is said of it. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5
}
