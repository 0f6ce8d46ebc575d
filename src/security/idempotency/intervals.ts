import { type Awaitable, whenReady } from '../../kernel/chain.ts'
import type { Clock } from '../../kernel/clock.ts'

const minute = 60_000

/** Does something when it is asked for it, but at most once a minute, unless the last time has left something to do. */
export function inIntervals(clock: Clock, work: () => Awaitable<boolean>): () => void {
  let last = clock.now().getTime()
  return () => {
    const now = clock.now().getTime()
    if (Math.abs(now - last) < minute) return
    last = now
    void whenReady(work(), (hasMore) => {
      if (hasMore) last = Number.NEGATIVE_INFINITY
    })
  }
}
