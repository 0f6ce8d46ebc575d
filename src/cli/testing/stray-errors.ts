import { complain } from '../output.ts'

/** What fails without anybody waiting for it, in a step or in the app, while this is not disposed of. */
export interface StrayErrors extends Disposable {
  readonly count: number
}

/** Says each of them at once, and lets the run go on to its report: one that ends half-way tells nothing. */
export function strayErrors(cover: (text: string) => string): StrayErrors {
  let count = 0
  const hear = (error: unknown): void => {
    count += 1
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    void complain(cover(`Something failed that nobody waits for, in a step or in the app; await it there:\n${text}`))
  }
  process.on('unhandledRejection', hear)
  process.on('uncaughtException', hear)
  return {
    get count() {
      return count
    },
    [Symbol.dispose]: () => {
      process.off('unhandledRejection', hear)
      process.off('uncaughtException', hear)
    },
  }
}
