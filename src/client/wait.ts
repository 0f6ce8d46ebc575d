import type { ClientTime } from './time.ts'
import { until } from './until.ts'

/** Waits so many milliseconds. @throws what the signal aborts with, as soon as it does */
export async function wait(milliseconds: number, time: ClientTime, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const { promise, resolve } = Promise.withResolvers<void>()
  const cancel = time.after(milliseconds, resolve)
  await until(promise, signal).finally(cancel)
}
