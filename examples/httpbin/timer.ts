import { setTimeout } from 'node:timers/promises'
import { provider } from 'trestle'

/** Lets time pass. */
export interface Timer {
  /** Waits; it throws an `AbortError` as soon as nobody waits for the answer any more. */
  readonly wait: (seconds: number, signal: AbortSignal) => Promise<void>
}

/** Lets time pass on this machine. */
export const ofMachine: Timer = { wait: (seconds, signal) => setTimeout(seconds * 1000, undefined, { signal }) }

/** The timer of the app. */
export const timer = provider(() => ofMachine, { scope: 'app' })
