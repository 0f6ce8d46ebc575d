import type { Awaitable } from './chain.ts'

/** What a call leaves to be done behind its reply. */
export class AfterCall {
  /** Work that its services asked for. */
  readonly work: (() => Awaitable<void>)[] = []
  /** Disposes of what lasts until all work is done, such as uploaded files. */
  readonly owned: (() => Awaitable<void>)[] = []
  /** Whether it is being done. */
  taken: boolean = false
}

/**
 * Does it: the work in order, unless the call failed, then the disposing in the opposite order. A step that fails is
 * told of, and does not stop the others.
 */
export async function finishCall(
  { work, owned }: AfterCall,
  succeeded: boolean,
  report: (error: unknown) => void,
): Promise<void> {
  // Work may ask for more work.
  if (succeeded) for (const each of work) await attempt(each, report)
  for (const dispose of owned.reverse()) await attempt(dispose, report)
}

async function attempt(step: () => Awaitable<void>, report: (error: unknown) => void): Promise<void> {
  try {
    await step()
  } catch (error) {
    report(error)
  }
}
