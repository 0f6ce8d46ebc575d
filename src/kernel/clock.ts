/** The time as a call sees it; tests put their own in. */
export interface Clock {
  /** The present moment. */
  readonly now: () => Date
  /** Milliseconds from some fixed point, for measuring how long something took. */
  readonly elapsed: () => number
}

/**
 * The clock of the machine.
 *
 * ```ts
 * const began = systemClock.elapsed()
 * systemClock.now() instanceof Date // => true
 * systemClock.elapsed() >= began // => true
 * ```
 */
export const systemClock: Clock = { now: () => new Date(), elapsed: () => performance.now() }
