import type { ClientTime } from '../../src/client/time.ts'

/** A clock that tests turn. */
export interface OwnTime extends ClientTime {
  /** The waits that are going on, in milliseconds, the shortest first. */
  readonly waits: () => readonly number[]
  /** Settles when somebody waits. */
  readonly waiting: () => Promise<void>
  /** Moves the time, and calls back whoever has waited so long. */
  readonly pass: (milliseconds: number) => void
}

interface Timer {
  readonly at: number
  readonly callback: () => void
}

/** A clock that stands still until it is turned; `random` is what chance gives. */
export function ownTime({ start = 1_000_000, random = 1 }: { start?: number; random?: number } = {}): OwnTime {
  let now = start
  const timers = new Set<Timer>()
  const watchers = new Set<() => void>()
  return {
    now: () => now,
    random: () => random,
    after: (milliseconds, callback) => {
      const timer = { at: now + milliseconds, callback }
      timers.add(timer)
      for (const tell of watchers) tell()
      watchers.clear()
      return () => void timers.delete(timer)
    },
    waits: () => [...timers].map(({ at }) => at - now).sort((a, b) => a - b),
    waiting: () => new Promise((resolve) => (timers.size > 0 ? resolve() : watchers.add(resolve))),
    pass: (milliseconds) => {
      now += milliseconds
      for (const timer of [...timers].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at)) {
        if (timers.delete(timer)) timer.callback()
      }
    },
  }
}

/** A clock on which no wait takes any time; it keeps what was waited. */
export function hurriedTime(random: number = 1): ClientTime & { readonly waited: readonly number[] } {
  let now = 1_000_000
  const waited: number[] = []
  return {
    waited,
    now: () => now,
    random: () => random,
    after: (milliseconds, callback) => {
      waited.push(milliseconds)
      now += milliseconds
      let isOff = false
      queueMicrotask(() => isOff || callback())
      return () => {
        isOff = true
      }
    },
  }
}
