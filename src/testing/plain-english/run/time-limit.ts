import { Expectation } from '../expectation.ts'

/** Bounds what a scenario does in time. */
export interface TimeLimit extends Disposable {
  /** Aborts when the time is over, or the run is to end. */
  readonly signal: AbortSignal
  /** Does work, and waits for it no longer than the limit. @throws Expectation that says which end it was */
  readonly within: <T>(work: () => Promise<T>) => Promise<T>
}

/** What timers can wait at most. */
const longest = 2 ** 31 - 1

/** A limit that begins now; none where `milliseconds` is 0. `ending` aborts when the run is to end. */
export function timeLimit(milliseconds: number, ending: AbortSignal): TimeLimit {
  const over = new AbortController()
  const timer = milliseconds > 0 ? setTimeout(() => over.abort(), Math.min(milliseconds, longest)) : undefined
  const signal = AbortSignal.any([over.signal, ending])
  const reason = (): Expectation =>
    over.signal.aborted
      ? new Expectation(
          `The ${milliseconds / 1000} s that a scenario may take were over before this step ended: look what it waits for, or pass a longer --timeout`,
        )
      : new Expectation('The run was ended before this step did')
  return {
    signal,
    within: async (work) => {
      if (signal.aborted) throw reason()
      const { promise, reject } = Promise.withResolvers<never>()
      const cut = (): void => reject(reason())
      signal.addEventListener('abort', cut, { once: true })
      const doing = work()
      try {
        return await Promise.race([doing, promise])
      } catch (error) {
        // Work that heeds the signal ends by itself, with an error that says less.
        throw signal.aborted ? reason() : error
      } finally {
        signal.removeEventListener('abort', cut)
        // What is not waited for any more may still fail.
        doing.catch(() => undefined)
      }
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  }
}
