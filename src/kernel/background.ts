/** Calls that nobody waits for, until they are done. */
export interface Background {
  /** Takes care of a call; it must not fail. */
  readonly add: (done: Promise<unknown>) => void
  /**
   * Waits until all are done, also those that they start, but at most so many milliseconds; returns how many are not.
   */
  readonly settle: (deadline: number | undefined) => Promise<number>
}

export function createBackground(): Background {
  const running = new Set<Promise<unknown>>()
  return {
    add: (done) => {
      const tracked: Promise<unknown> = done.finally(() => running.delete(tracked))
      running.add(tracked)
    },
    settle: async (deadline) => {
      const { promise: late, resolve: giveUp } = Promise.withResolvers<'late'>()
      const timer = deadline === undefined ? undefined : setTimeout(() => giveUp('late'), deadline)
      while (running.size > 0) if ((await Promise.race([Promise.all(running), late])) === 'late') break
      clearTimeout(timer)
      return running.size
    },
  }
}
