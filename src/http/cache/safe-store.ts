import { type Awaitable, isPromise } from '../../kernel/chain.ts'
import type { Logger } from '../../kernel/logger.ts'
import type { CacheStore } from './cache-store.ts'

/** A store that never fails a call: what goes wrong in it is logged, and it looks as if nothing had been kept. */
export function safeStore(store: CacheStore, log: Logger): Omit<CacheStore, 'purge'> {
  const attempt = <T>(what: string, work: () => Awaitable<T>): Awaitable<T | undefined> => {
    const report = (error: unknown): undefined => {
      log.error({ err: error }, `the cache for replies could not ${what}`)
    }
    try {
      const done = work()
      return isPromise(done) ? done.catch(report) : done
    } catch (error) {
      return report(error)
    }
  }
  return {
    get: (key) => attempt('be read', () => store.get(key)),
    set: (key, entry) => attempt('keep a reply', () => store.set(key, entry)),
    delete: (key) => attempt('drop a reply', () => store.delete(key)),
  }
}
