import type { Attempt } from '../../kernel/attempt.ts'
import { whenReady } from '../../kernel/chain.ts'
import { problem } from '../../kernel/problem.ts'
import { addressKey } from './address-key.ts'
import { shortKey } from './counting.ts'
import { seconds } from './header-text.ts'
import type { FailureLimits, LimitSettings } from './limit-settings.ts'
import type { Counter, Hit, LimitStore, Outcome } from './limit-store.ts'
import type { Limits } from './limits.ts'
import { readRate } from './rate.ts'
import { sliding } from './tally.ts'

/** Counts failures to authenticate, by address and by address with user name. */
export function failureLimits(
  failures: LimitSettings['failures'] = {},
  store: LimitStore,
): Pick<Limits, 'checkFailures' | 'failed'> {
  const none: FailureLimits = { address: false, username: false }
  const { address = '20/minute', username = '5/minute' } = failures === false ? none : failures
  const byAddress = counterOf('failures by address', address)
  const byUsername = counterOf('failures by username', username)
  if (byAddress === undefined && byUsername === undefined) return { checkFailures: () => {}, failed: () => {} }

  const hitsOf = ({ clientAddress }: Attempt, name: string | undefined): readonly Hit[] => {
    const from = addressKey(clientAddress)
    return [
      // Without an address, clients cannot be told from each other: one of them would lock out all.
      ...(byAddress === undefined || clientAddress === undefined ? [] : [{ counter: byAddress, key: from }]),
      ...(byUsername === undefined || name === undefined
        ? []
        : [{ counter: byUsername, key: shortKey(`${from} ${name.toLowerCase()}`) }]),
    ]
  }
  return {
    checkFailures: (attempt, name) => {
      const hits = hitsOf(attempt, name)
      if (hits.length === 0) return
      return whenReady(store.count(hits, 'peek'), refuse)
    },
    failed: (attempt, name) => {
      const hits = hitsOf(attempt, name)
      if (hits.length === 0) return
      return whenReady(store.count(hits, 'add'), refuse)
    },
  }
}

function refuse(outcomes: readonly (Outcome | undefined)[]): void {
  const waits = outcomes.flatMap((each) => (each === undefined || each.passed ? [] : [each.wait]))
  if (waits.length > 0) throw tooMany(Math.max(1, seconds(Math.max(...waits))))
}

function counterOf(id: string, rate: string | false): Counter | undefined {
  const read = rate === false ? undefined : readRate(rate)
  if (read === undefined) return undefined
  const tally = sliding(read)
  return { id: `${id} ${tally.script.join('/')}`, tally }
}

function tooMany(retryAfter: number): Error {
  return problem('too_many_requests', 'Too many failed attempts to authenticate', {
    headers: { 'Retry-After': String(retryAfter) },
    params: { retryAfter },
  })
}
