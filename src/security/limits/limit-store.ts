import type { Awaitable } from '../../kernel/chain.ts'
import type { Tally, TallyState } from './tally.ts'

/** What is counted together: one limit at one rate. */
export interface Counter {
  /** The same for the same limit in every process, and another where anything about the rate is. */
  readonly id: string
  readonly tally: Tally
}

/** One call, as one counter counts it. */
export interface Hit {
  readonly counter: Counter
  /** Whom the call is counted for. */
  readonly key: string
}

/** `take` counts if there is room everywhere, `peek` only looks, and `add` counts in any case. */
export type How = 'take' | 'peek' | 'add'

/** What has come out of a hit. */
export interface Outcome {
  /** Whether there was room. */
  readonly passed: boolean
  /** How many more calls there is room for. */
  readonly remaining: number
  /** Milliseconds until there is more room than now. */
  readonly wait: number
}

/** Where calls are counted. */
export interface LimitStore {
  /**
   * Counts a call with several counters at once: with all of them, or with none. What comes out is in the order of the
   * hits; of a call that is refused, it may be known of the refusing one alone.
   *
   * @throws Error where they cannot be counted
   */
  readonly count: (hits: readonly Hit[], how: How) => Awaitable<readonly (Outcome | undefined)[]>
  readonly close: () => Promise<void>
}

/** Counts with states that are at hand. */
export function counted(
  hits: readonly Hit[],
  how: How,
  now: number,
  stateOf: (hit: Hit, at: number) => TallyState,
): readonly Outcome[] {
  const states = hits.map(stateOf)
  const rooms = hits.map(({ counter: { tally } }, at) => tally.room(states[at] as TallyState, now))
  const adds = how === 'add' || (how === 'take' && rooms.every((room) => room >= 1))
  return hits.map(({ counter: { tally } }, at) => {
    const state = states[at] as TallyState
    const room = rooms[at] as number
    if (adds) tally.add(state, now)
    return { passed: room >= 1, remaining: Math.max(0, adds ? room - 1 : room), wait: tally.wait(state, now) }
  })
}
