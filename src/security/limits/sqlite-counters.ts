import type { DatabaseSync } from 'node:sqlite'
import type { Hit } from './limit-store.ts'
import type { TallyState } from './tally.ts'

/** The rows of counters, as far as they are known; only within a transaction. */
export interface SqliteCounters {
  readonly stateOf: (name: string) => TallyState
  /** Told that states have changed, which are written later. */
  readonly changed: (hits: readonly Hit[], names: readonly string[]) => void
  /** Writes what has changed, and lets go of some that is past; tells whether anything had changed. */
  readonly write: (now: number) => boolean
  /** Forgets all that is known: others have written, or nothing could be. */
  readonly forget: () => void
}

/** So many states are remembered from one transaction to the next. */
const remembered = 10_000

/** After so many hits rows are looked at for whether they are past: twice as many as can have come in between. */
const sweepAfter = 500

/** Reads and writes the table of counters. */
export function sqliteCounters(db: DatabaseSync): SqliteCounters {
  const read = db.prepare('SELECT state FROM counters WHERE name = ?')
  const insert = db.prepare('INSERT OR REPLACE INTO counters (name, state, expires) VALUES (?, ?, ?)')
  const nextPart = db.prepare(
    'SELECT max(name) AS last, count(*) AS many FROM (SELECT name FROM counters WHERE name > ? ORDER BY name LIMIT ?)',
  )
  const sweep = db.prepare('DELETE FROM counters WHERE name > ? AND name <= ? AND expires <= ?')
  const states = new Map<string, TallyState>()
  /** For how long the states that have changed are kept, by name. */
  const fresh = new Map<string, number>()
  let hitsSinceSweep = 0
  let sweptTo = ''

  return {
    stateOf: (name) => {
      const known = states.get(name)
      if (known !== undefined) return known
      const state = numbersOf(read.get(name)?.state)
      states.set(name, state)
      return state
    },
    changed: (hits, names) => {
      for (let at = 0; at < names.length; at++) fresh.set(names[at] as string, (hits[at] as Hit).counter.tally.keep)
      hitsSinceSweep += names.length
    },
    write: (now) => {
      for (const [name, keep] of fresh) {
        insert.run(name, new Uint8Array(new Float64Array(states.get(name) ?? []).buffer), now + keep)
      }
      const wrote = fresh.size > 0
      fresh.clear()
      if (states.size > remembered) states.clear()
      if (hitsSinceSweep >= sweepAfter) sweepPart(now)
      return wrote
    },
    forget: () => {
      states.clear()
      fresh.clear()
    },
  }

  function sweepPart(now: number): void {
    const most = 2 * hitsSinceSweep
    hitsSinceSweep = 0
    const { last, many } = nextPart.get(sweptTo, most) ?? {}
    if (typeof last === 'string') sweep.run(sweptTo, last, now)
    sweptTo = typeof last === 'string' && many === most ? last : ''
  }
}

function numbersOf(blob: unknown): TallyState {
  if (!(blob instanceof Uint8Array)) return []
  // The numbers have to begin at a multiple of eight.
  const { buffer, byteOffset, byteLength } = blob.byteOffset % 8 === 0 ? blob : blob.slice()
  return Array.from(new Float64Array(buffer, byteOffset, byteLength / 8))
}
