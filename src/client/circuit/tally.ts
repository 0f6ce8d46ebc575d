import type { ClientTime } from '../time.ts'

/** How much failing is too much. */
export interface CircuitThreshold {
  /** After so many failures in a row; 5 if not given. It does not count where `rate` is given. */
  readonly failures?: number | undefined
  /** At this share of failures, above 0 and up to 1, among the requests of the last `window` milliseconds. */
  readonly rate?: number | undefined
  /** In milliseconds, for `rate`; 10,000 if not given. */
  readonly window?: number | undefined
  /** Below so many requests within `window`, `rate` says nothing; 10 if not given. */
  readonly minimum?: number | undefined
}

// The window is counted in so many parts, the oldest of which is forgotten as a whole.
const parts = 10

/** Counts outcomes, and says after each whether there are too many failures. */
export function createTally(settings: CircuitThreshold, time: ClientTime): (failed: boolean) => boolean {
  const { failures = 5, rate, window = 10_000, minimum = 10 } = settings
  if (rate === undefined) {
    let inRow = 0
    return (failed) => {
      inRow = failed ? inRow + 1 : 0
      return inRow >= failures
    }
  }
  let counted: { readonly part: number; all: number; failed: number }[] = []
  return (failed) => {
    const part = Math.floor((time.now() * parts) / window)
    counted = counted.filter((each) => each.part > part - parts)
    let latest = counted.at(-1)
    if (latest?.part !== part) {
      latest = { part, all: 0, failed: 0 }
      counted.push(latest)
    }
    latest.all++
    if (failed) latest.failed++
    const sum = (of: 'all' | 'failed'): number => counted.reduce((total, each) => total + each[of], 0)
    return failed && sum('all') >= minimum && sum('failed') / sum('all') >= rate
  }
}
