import type { ReadRate } from './rate.ts'

/** What is kept of one key: numbers that only the tally understands; empty where nothing was counted yet. */
export type TallyState = number[]

/** An algorithm with its numbers. What it keeps is small, whatever the limit is. */
export interface Tally {
  /** Lets go of what is past, and tells how many calls there is room for. */
  readonly room: (state: TallyState, now: number) => number
  /** Counts a call; where there was no room, instead of the oldest one. `room` has to be asked before, for the same moment. */
  readonly add: (state: TallyState, now: number) => void
  /** Milliseconds until there is more room than now; `room` has to be asked before, for the same moment. */
  readonly wait: (state: TallyState, now: number) => number
  /** How many calls there is room for at first. */
  readonly most: number
  /** Milliseconds in which all of it is free again. */
  readonly period: number
  /** Milliseconds after which a state that nothing was added to means nothing. */
  readonly keep: number
  /** The algorithm and its numbers, as the script for Redis takes them. */
  readonly script: readonly [algorithm: 'sliding' | 'fixed' | 'bucket', limit: number, window: number, more: number]
}

/** A limit of up to so many calls keeps the time of each; a larger one keeps them in as many parts of its window. */
const kept = 128

/**
 * Never more than `limit` calls in any span of time as long as the window. Up to 128 calls it knows the time of each.
 * Beyond that it knows how many came in each 128th of the window, and lets all of such a part go when the last of
 * them does: never too early, and at most a 128th of the window late.
 *
 * State: the sum, then the time of the latest call and the number of calls for each part, oldest first.
 */
export function sliding({ limit, window }: Pick<ReadRate, 'limit' | 'window'>): Tally {
  const part = limit <= kept ? 0 : window / kept
  const partOf = (time: number): number => (part === 0 ? time : Math.floor(time / part))
  return {
    room: (state, now) => {
      if (state.length === 0) return limit
      let sum = state[0] ?? 0
      let past = 0
      for (let at = 1; at < state.length; at += 2) {
        const time = state[at] as number
        // What comes from the future was counted before the clock was put back.
        if (time > now) state[at] = now
        if (time + window > now) continue
        sum -= state[at + 1] as number
        past += 2
      }
      if (past > 0) state.splice(1, past)
      state[0] = sum
      return limit - sum
    },
    add: (state, now) => {
      if (state.length === 0) state.push(0)
      if ((state[0] as number) >= limit) dropOldest(state)
      state[0] = (state[0] as number) + 1
      const last = state.length - 2
      if (last >= 1 && partOf(state[last] as number) === partOf(now)) {
        state[last] = now
        state[last + 1] = (state[last + 1] as number) + 1
      } else state.push(now, 1)
    },
    wait: (state, now) => (state.length > 1 ? (state[1] as number) + window - now : 0),
    ...{ most: limit, period: window, keep: window },
    script: ['sliding', limit, window, part],
  }
}

function dropOldest(state: TallyState): void {
  state[0] = (state[0] as number) - 1
  state[2] = (state[2] as number) - 1
  if (state[2] === 0) state.splice(1, 2)
}

const day = 86_400_000
const week = 7 * day

/**
 * Not more than `limit` calls from one full minute to the next, or what the window is, in UTC: weeks begin on Monday,
 * months on their first day.
 *
 * State: when the window began, and the calls since then.
 */
export function fixed({ limit, window, month }: Pick<ReadRate, 'limit' | 'window' | 'month'>): Tally {
  // 1970 began on a Thursday.
  const shift = window % week === 0 ? 3 * day : 0
  const start = month ? monthOf : (now: number): number => Math.floor((now + shift) / window) * window - shift
  const end = month
    ? (now: number): number => monthOf(monthOf(now) + 32 * day)
    : (now: number): number => start(now) + window
  return {
    room: (state, now) => {
      const begun = start(now)
      if (state.length === 0 || (state[0] as number) < begun) state[1] = 0
      // One that begins later was counted before the clock was put back.
      state[0] = begun
      return limit - (state[1] as number)
    },
    add: (state) => {
      state[1] = Math.min((state[1] as number) + 1, limit)
    },
    wait: (_state, now) => end(now) - now,
    ...{ most: limit, period: window, keep: month ? 31 * day : window },
    script: ['fixed', limit, month ? 0 : window, shift],
  }
}

function monthOf(now: number): number {
  const date = new Date(now)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
}

/**
 * A bucket of `burst` calls, into which `limit` calls flow steadily in each window (token bucket).
 *
 * State: when it was last looked at, and what was in it then, in parts of a call so small that all numbers are whole:
 * a call has as many as the window has milliseconds, and `limit` of them flow in each millisecond.
 */
export function bucket({ limit, window }: Pick<ReadRate, 'limit' | 'window'>, burst: number): Tally {
  const all = burst * window
  const level = (state: TallyState): number => state[1] ?? all
  return {
    room: (state, now) => {
      const past = Math.max(0, now - (state[0] ?? now))
      state[1] = Math.min(all, level(state) + past * limit)
      state[0] = now
      return Math.floor(level(state) / window)
    },
    add: (state) => {
      state[1] = Math.max(0, level(state) - window)
    },
    wait: (state) => (level(state) === all ? 0 : Math.ceil((window - (level(state) % window)) / limit)),
    ...{ most: burst, period: all / limit, keep: Math.ceil(all / limit) },
    script: ['bucket', limit, window, burst],
  }
}
