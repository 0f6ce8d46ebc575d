import type { Attempt } from '../../kernel/attempt.ts'
import type { RefusedAt } from '../../kernel/guard.ts'
import type { Problem } from '../../kernel/problem.ts'
import type { SecurityEvent } from '../../kernel/security-event.ts'
import { credentialsOf } from '../authenticate/credentials.ts'
import { addressOf } from './address-of.ts'

/** A longer user name is cut, so that nobody fills the store with one; in characters. */
const longest = 128

/** The event of a call that was refused: who, where and why, as far as that is known; never what was shown as a secret. */
export function refusedCall(
  { code, detail, title }: Problem,
  attempt: Attempt,
  { service, channel }: RefusedAt,
  isKnown: (username: string) => boolean,
): Omit<SecurityEvent, 'at'> {
  const { cid, caller } = attempt
  const username = caller?.username ?? givenName(attempt, code, isKnown)
  const definition = caller?.definition
  return {
    ...{ type: 'call.refused', cid, code, detail: detail ?? title },
    ...(service !== undefined && { service }),
    ...(channel !== undefined && { channel }),
    ...addressOf(attempt),
    ...(definition !== undefined && { definition }),
    ...(username !== undefined && { username: username.slice(0, longest) }),
  }
}

/**
 * The user name that did not fit, which tells a forgotten password from an attack; none that nobody has, since people type
 * their password there.
 */
function givenName(attempt: Attempt, code: string, isKnown: (username: string) => boolean): string | undefined {
  if (code !== 'invalid_credentials' && code !== 'too_many_requests') return undefined
  const given = credentialsOf(attempt, { basic: true, bearer: false }, [])
  return given?.kind === 'basic' && isKnown(given.username) ? given.username : undefined
}
