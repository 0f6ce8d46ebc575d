import { setTimeout } from 'node:timers/promises'
import { provider } from 'trestle'

/** Lets time pass. */
export interface Timer {
  /** Waits; it throws an `AbortError` as soon as nobody waits for the answer any more. */
  readonly wait: (seconds: number, signal: AbortSignal) => Promise<void>
}

/** The timer of the app. */
export const timer = provider(
  (): Timer => ({ wait: (seconds, signal) => setTimeout(seconds * 1000, undefined, { signal }) }),
  {
    scope: 'app',
  },
)
