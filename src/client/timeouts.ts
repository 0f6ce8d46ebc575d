import { discard } from './discard.ts'
import { callOf, TimeoutError, type TimeoutPhase } from './errors.ts'
import type { Layer } from './layer.ts'
import type { ClientTime } from './time.ts'
import { until } from './until.ts'

/** Gives up when no reply is there in time. */
export function timeoutLayer(phase: TimeoutPhase, limit: number, time: ClientTime): Layer {
  return async (request, next) => {
    const controller = new AbortController()
    const cancel = time.after(limit, () => controller.abort(new TimeoutError(callOf(request), phase, limit)))
    try {
      const signal = AbortSignal.any([request.signal, controller.signal])
      return await until(next({ ...request, signal }), signal, discard)
    } finally {
      cancel()
    }
  }
}

/** Does work with what is left of the time; time between two pieces of work is not counted. */
export type Budget = <T>(work: () => Promise<T>) => Promise<T>

/** A budget of so much time, that calls back when it is spent. */
export function createBudget(limit: number | false, time: ClientTime, onSpent: () => void): Budget {
  if (limit === false) return (work) => work()
  let left = limit
  return async (work) => {
    const start = time.now()
    const cancel = time.after(left, onSpent)
    try {
      return await work()
    } finally {
      cancel()
      left = Math.max(0, left - (time.now() - start))
    }
  }
}
