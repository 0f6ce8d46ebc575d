/** A limit of time for requests. */
export interface Timeout extends Disposable {
  /** Aborts when the time is over, or the run. */
  readonly signal: AbortSignal
  /** What it aborts with when the time is over. */
  readonly reason: Error
  /** Such as `5 seconds`. */
  readonly text: string
}

/** Starts a limit of so many milliseconds. */
export function timeout(milliseconds: number, outer: AbortSignal): Timeout {
  const controller = new AbortController()
  const reason = new Error('The time for the response is over')
  const timer = setTimeout(() => controller.abort(reason), milliseconds)
  return {
    signal: AbortSignal.any([outer, controller.signal]),
    reason,
    text: shownDuration(milliseconds),
    [Symbol.dispose]: () => clearTimeout(timer),
  }
}

/** A duration as people say it: `1 second`, `500 milliseconds`. */
export function shownDuration(milliseconds: number): string {
  const [amount, unit] =
    milliseconds < 1000 ? [Math.round(milliseconds), 'millisecond'] : [milliseconds / 1000, 'second']
  return `${Number(amount.toFixed(3))} ${unit}${amount === 1 ? '' : 's'}`
}
