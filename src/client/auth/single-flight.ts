import { until } from '../until.ts'

interface Flight<T> {
  readonly result: Promise<T>
  readonly stop: AbortController
  waiting: number
}

/**
 * Work that callers share who ask while it is done: the first begins it. One who gives up leaves the others waiting; when
 * all have, the work is aborted.
 */
export function singleFlight<T>(): (signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>) => Promise<T> {
  let flight: Flight<T> | undefined
  return async (signal, work) => {
    signal.throwIfAborted()
    flight ??= begin(work)
    const mine = flight
    mine.waiting++
    try {
      return await until(mine.result, signal)
    } finally {
      if (--mine.waiting === 0) {
        if (flight === mine) flight = undefined
        mine.stop.abort()
      }
    }
  }

  function begin(work: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const stop = new AbortController()
    const result = work(stop.signal)
    const begun = { result, stop, waiting: 0 }
    const over = (): void => {
      if (flight === begun) flight = undefined
    }
    result.then(over, over)
    return begun
  }
}
