/** The time as the client sees it; tests put their own in, so that retries and timeouts need no waiting. */
export interface ClientTime {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Calls back after so many milliseconds, unless the function that it returns is called before. */
  readonly after: (milliseconds: number, callback: () => void) => () => void
  /** A number from 0 up to 1, for jitter. */
  readonly random: () => number
}

/**
 * The clock of the machine.
 *
 * ```ts
 * machineTime.now() >= Date.parse('2026-01-01') // => true
 * ```
 */
export const machineTime: ClientTime = {
  now: () => Date.now(),
  after: (milliseconds, callback) => {
    // Timers take no more than 31 bits, and what is longer at once.
    const timer = setTimeout(callback, Math.min(milliseconds, 2 ** 31 - 1))
    return () => clearTimeout(timer)
  },
  random: () => Math.random(),
}
