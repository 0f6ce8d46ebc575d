import type { Clock } from '../../kernel/clock.ts'
import { BoundedMap } from '../authenticate/bounded-map.ts'
import type { Hit, How, LimitStore, Outcome } from './limit-store.ts'

/** Calls that came in one turn of the event loop. */
export interface Group {
  readonly hits: readonly Hit[]
  readonly how: How
  /** The names of the hits in the store. */
  readonly names: readonly string[]
}

/** Counts a batch: one list of outcomes for each group. */
export type CountBatch = (groups: readonly Group[]) => Promise<readonly (readonly Outcome[])[]>

interface Waiting extends Group {
  readonly resolve: (outcomes: readonly Outcome[]) => void
  readonly reject: (error: unknown) => void
}

/** What a store may do beside. */
export interface BatchedStoreParts {
  /** Counts without waiting for the end of the turn; nothing where it cannot be done. */
  readonly countAtOnce?: (group: Group) => readonly Outcome[] | undefined
  readonly close: () => Promise<void>
}

/** So many keys without room are remembered. */
const remembered = 10_000

/**
 * Counts in a store that other processes share, for which all calls of one turn of the event loop go together. A key
 * that has no room gets none before its time, whoever counts: until then it is refused without asking the store.
 */
export function batchedStore(clock: Clock, count: CountBatch, { countAtOnce, close }: BatchedStoreParts): LimitStore {
  const full = new BoundedMap<number>(remembered)
  let waiting: Waiting[] = []
  let closed = false

  const flush = (): void => {
    const groups = waiting
    waiting = []
    count(groups).then(
      (all) => {
        const now = clock.now().getTime()
        groups.forEach((group, at) => {
          const outcomes = all[at] as readonly Outcome[]
          remember(group, outcomes, now)
          group.resolve(outcomes)
        })
      },
      (error: unknown) => {
        for (const { reject } of groups) reject(error)
      },
    )
  }
  return {
    count: (hits, how) => {
      const names = hits.map(({ counter, key }) => `${counter.id}|${key}`)
      const refused = how === 'add' ? undefined : knownAsFull(hits, names)
      if (refused !== undefined) return refused
      if (closed) return Promise.reject(new Error('the app has stopped'))
      const outcomes = countAtOnce?.({ hits, how, names })
      if (outcomes !== undefined) return outcomes
      return new Promise((resolve, reject) => {
        // All that has arrived is read before the first of these runs.
        if (waiting.push({ hits, how, names, resolve, reject }) === 1) setImmediate(flush)
      })
    },
    close: async () => {
      closed = true
      // What was called before still counts.
      await new Promise(setImmediate)
      await close()
    },
  }

  function remember({ names }: Group, outcomes: readonly Outcome[], now: number): void {
    outcomes.forEach(({ remaining, wait }, at) => {
      if (remaining === 0 && wait > 0) full.set(names[at] as string, now + wait)
    })
  }

  function knownAsFull(hits: readonly Hit[], names: readonly string[]): readonly (Outcome | undefined)[] | undefined {
    const now = clock.now().getTime()
    for (let at = 0; at < names.length; at++) {
      const name = names[at] as string
      const until = full.get(name)
      if (until === undefined) continue
      const wait = until - now
      // More than that comes of a clock that was put back.
      const { keep } = (hits[at] as Hit).counter.tally
      if (wait > 0 && wait <= keep)
        return hits.map((_, each) => (each === at ? { passed: false, remaining: 0, wait } : undefined))
      full.delete(name)
    }
    return undefined
  }
}
