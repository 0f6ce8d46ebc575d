import { createHash } from 'node:crypto'
import type { LimitKey } from '../../kernel/access-settings.ts'
import type { Attempt } from '../../kernel/attempt.ts'
import { anonymous, type Caller } from '../../kernel/caller.ts'
import { type Awaitable, whenReady } from '../../kernel/chain.ts'
import type { Clock } from '../../kernel/clock.ts'
import { type Problem, problem } from '../../kernel/problem.ts'
import { addressKey } from './address-key.ts'
import type { CompiledLimit, Quota } from './compiled-limit.ts'
import { seconds } from './header-text.ts'
import type { Hit, LimitStore, Outcome } from './limit-store.ts'
import type { Tell, Told } from './rate-limit-headers.ts'

/** What counting takes. */
export interface Counting {
  readonly store: LimitStore
  readonly clock: Clock
  readonly tell: Tell | undefined
  /** Whether these are all of the limits that count the call. */
  readonly all: boolean
  /** Told of a call whose connection is to be cut. */
  readonly drop: (attempt: Attempt) => void
}

/**
 * Counts a call with all of the limits, or refuses it and counts it with none.
 *
 * @throws Problem `too_many_requests`
 */
export function countWith(
  limits: readonly CompiledLimit[],
  attempt: Attempt,
  { store, clock, tell, all, drop }: Counting,
): Awaitable<'dropped' | undefined> {
  const now = clock.now().getTime()
  const quotas: Quota[] = []
  const hits: Hit[] = []
  for (const { by, quotaFor } of limits) {
    const quota = quotaFor(attempt, now)
    if (quota === 'disallowed') {
      drop(attempt)
      return 'dropped'
    }
    if (quota === 'unlimited') continue
    const keys = keysOf(by, attempt)
    for (const key of typeof keys === 'string' ? [keys] : (keys ?? [])) {
      quotas.push(quota)
      hits.push({ counter: quota.counter, key })
    }
  }
  if (hits.length === 0) return undefined
  return whenReady(store.count(hits, 'take'), settle)

  function settle(found: readonly (Outcome | undefined)[]): undefined {
    const told: Told[] = []
    let refused: Told | undefined
    for (const [at, quota] of quotas.entries()) {
      const outcome = found[at]
      if (outcome === undefined) continue
      const each = { quota, outcome }
      told.push(each)
      // The client is told to wait for the one that takes longest.
      if (!outcome.passed && (refused === undefined || outcome.wait > refused.outcome.wait)) refused = each
    }
    if (told.length > 0) tell?.(attempt, told, now, all)
    if (refused !== undefined) throw tooMany(refused)
  }
}

function tooMany({ quota, outcome }: Told): Problem {
  const retryAfter = Math.max(1, seconds(outcome.wait))
  return problem('too_many_requests', `Rate limit exceeded: ${quota.words}`, {
    headers: { 'Retry-After': String(retryAfter) },
    params: { rate: quota.words, limit: quota.limit, window: quota.window, retryAfter },
  })
}

/** Whom a call is counted for: one key, several, or nobody. */
function keysOf(by: LimitKey, attempt: Attempt): string | readonly string[] | undefined {
  if (by === 'address') return addressKey(attempt.clientAddress)
  if (by === 'channel') return ''
  if (typeof by === 'function') {
    const key = by(attempt)
    return key === undefined ? undefined : shortKey(String(key))
  }
  const caller = attempt.caller ?? anonymous
  if (by === 'role' && caller.roles.length > 0) return caller.roles
  return callerKey(by, caller) ?? `@${addressKey(attempt.clientAddress)}`
}

/** Whoever has no role is counted by itself: that it has none must not be a way past the limit. */
function callerKey(by: 'definition' | 'caller' | 'role', { definition, username = '' }: Caller): string | undefined {
  if (definition === undefined) return undefined
  return by === 'definition' ? definition : shortKey(`${definition} ${username}`)
}

/** What a client may make as long as it likes is kept as its digest. */
export function shortKey(key: string): string {
  return key.length <= 100 ? key : `#${createHash('sha256').update(key).digest('base64url')}`
}
