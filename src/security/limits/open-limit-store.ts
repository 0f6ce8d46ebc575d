import type { Awaitable } from '../../kernel/chain.ts'
import { isPromise } from '../../kernel/chain.ts'
import { problem } from '../../kernel/problem.ts'
import type { SecurityHost } from '../host.ts'
import type { LimitSettings } from './limit-settings.ts'
import type { Hit, How, LimitStore, Outcome } from './limit-store.ts'
import { memoryStore } from './memory-store.ts'
import { redisStore } from './redis-store.ts'
import { sqliteStore } from './sqlite-store.ts'

/** Milliseconds between two lines of the log about a store that is away. */
const quiet = 60_000

/**
 * The store that an app has chosen, opened when the first call is counted. While it cannot count, calls are refused, or
 * let through where `failOpen` says so; the log has a line about it at most once a minute.
 *
 * @throws Problem `unavailable`
 */
export function openLimitStore(
  { limitStore }: LimitSettings,
  host: Pick<SecurityHost, 'clock' | 'log' | 'data' | 'title'>,
): LimitStore {
  const { clock, log } = host
  const failOpen = typeof limitStore === 'object' && limitStore.failOpen === true
  let opened: LimitStore | undefined
  let told = Number.NEGATIVE_INFINITY

  const fail = (error: unknown): readonly Outcome[] => {
    const now = clock.elapsed()
    if (now - told >= quiet) {
      told = now
      log.error({ err: error }, `calls cannot be counted, and are ${failOpen ? 'let through' : 'refused'} meanwhile`)
    }
    if (failOpen) return []
    throw problem('unavailable', 'The limits of the API cannot be checked at the moment', {
      headers: { 'Retry-After': '1' },
    })
  }
  return {
    count: (hits: readonly Hit[], how: How): Awaitable<readonly (Outcome | undefined)[]> => {
      try {
        opened ??= chosen(limitStore, host)
        const outcomes = opened.count(hits, how)
        return isPromise(outcomes) ? outcomes.catch(fail) : outcomes
      } catch (error) {
        return fail(error)
      }
    },
    close: async () => opened?.close(),
  }
}

function chosen(
  setting: LimitSettings['limitStore'],
  { clock, data, title }: Pick<SecurityHost, 'clock' | 'data' | 'title'>,
): LimitStore {
  if (setting !== undefined && setting !== 'memory') {
    const { url, prefix = `trestle:${title}:` } = typeof setting === 'string' ? { url: setting } : setting
    return redisStore(url, prefix, clock)
  }
  return setting === 'memory' || data === undefined ? memoryStore(clock) : sqliteStore(data, clock)
}
