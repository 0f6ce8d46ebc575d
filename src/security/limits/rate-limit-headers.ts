import type { Attempt } from '../../kernel/attempt.ts'
import type { OperationHeader } from '../../kernel/operation.ts'
import type { Quota } from './compiled-limit.ts'
import { seconds } from './header-text.ts'
import type { Outcome } from './limit-store.ts'

/** Which headers tell how much a caller has left. */
export type LimitHeaders = 'draft' | 'both' | 'legacy' | false

/** What one limit says of a call. */
export interface Told {
  readonly quota: Quota
  readonly outcome: Outcome
}

/** Adds the headers of a call's limits to its reply; with those that were told before, unless these are `all`. */
export type Tell = (attempt: Attempt, told: readonly Told[], now: number, all: boolean) => void

/**
 * Compiles how limits are told: `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-11, lists of
 * RFC 9651), `X-RateLimit-*` of the limit with the least left, or both.
 */
export function teller(headers: LimitHeaders): Tell | undefined {
  if (headers === false) return undefined
  const before = new WeakMap<Attempt, readonly Told[]>()
  return (attempt, fresh, now, all) => {
    const earlier = all ? undefined : before.get(attempt)
    const told = earlier === undefined ? fresh : [...earlier, ...fresh]
    if (!all) before.set(attempt, told)
    if (headers !== 'legacy') tellDraft(attempt, told)
    if (headers !== 'draft') tellLegacy(attempt, told, now)
  }
}

function tellDraft(attempt: Attempt, told: readonly Told[]): void {
  let policies = ''
  let states = ''
  for (const { quota, outcome } of told) {
    const comma = policies === '' ? '' : ', '
    policies += `${comma}${quota.policyItem}`
    states += `${comma}${quota.policy};r=${outcome.remaining};t=${seconds(outcome.wait)}`
  }
  attempt.addHeader('RateLimit-Policy', policies)
  attempt.addHeader('RateLimit', states)
}

function tellLegacy(attempt: Attempt, told: readonly Told[], now: number): void {
  const [least] = told.toSorted((a, b) => a.outcome.remaining - b.outcome.remaining || b.outcome.wait - a.outcome.wait)
  if (least === undefined) return
  attempt.addHeader('X-RateLimit-Limit', String(least.quota.counter.tally.most))
  attempt.addHeader('X-RateLimit-Remaining', String(least.outcome.remaining))
  attempt.addHeader('X-RateLimit-Reset', String(seconds(now + least.outcome.wait)))
}

const draft: readonly OperationHeader[] = [
  { name: 'RateLimit-Policy', description: 'The limits that count the call: `q` calls in `w` seconds' },
  { name: 'RateLimit', description: 'What is left of them: `r` calls, and more in `t` seconds' },
]

const legacy: readonly OperationHeader[] = [
  ['X-RateLimit-Limit', 'How many calls the limit allows that has the least left'],
  ['X-RateLimit-Remaining', 'How many of them are left'],
  ['X-RateLimit-Reset', 'When there will be more, in seconds since 1970'],
].map(([name = '', description = '']) => ({ name, description, schema: { type: 'integer' } }))

/** The headers, for the API description. */
export function describedHeaders(headers: LimitHeaders): readonly OperationHeader[] {
  return [
    ...(headers === 'draft' || headers === 'both' ? draft : []),
    ...(headers === 'legacy' || headers === 'both' ? legacy : []),
  ]
}
