import type { Attempt } from '../../kernel/attempt.ts'
import type { Awaitable } from '../../kernel/chain.ts'
import { problem } from '../../kernel/problem.ts'
import { addressOf } from '../audit/address-of.ts'
import type { SecurityHost } from '../host.ts'
import { guess } from '../limits/guess.ts'
import { headerString } from '../limits/header-text.ts'
import type { Limits } from '../limits/limits.ts'
import type { KnownLogins } from '../login/known-logins.ts'
import type { LoginAttempt, Person } from '../login/login.ts'
import { userKey } from '../users/user-name.ts'
import { refuseCrossSiteLogin } from './cross-site.ts'
import type { Sessions, StartedSession } from './sessions.ts'

/** Lets somebody in who has the right password, and begins a session. */
export type LogIn = (
  attempt: Attempt,
  given: LoginAttempt,
  verify: (given: LoginAttempt) => Awaitable<Person | undefined>,
) => Promise<StartedSession>

/** What logging in is made of. */
export interface LogInParts {
  readonly host: Pick<SecurityHost, 'report' | 'title'>
  readonly limits: Pick<Limits, 'checkFailures' | 'failed'>
  readonly sessions: Sessions
  readonly names: KnownLogins
  readonly trustedOrigins: ReadonlySet<string>
}

/**
 * Makes the function that logs people in.
 *
 * @throws Problem `cross_site_request`, `invalid_credentials`, `too_many_requests`
 */
export function logIn({ host, limits, sessions, names, trustedOrigins }: LogInParts): LogIn {
  const challenge = `Session realm=${headerString(host.title)}`
  return async (attempt, given, verify) => {
    refuseCrossSiteLogin(attempt, trustedOrigins)
    // Other spellings of one name are no other guesses.
    const person = await guess(limits, attempt, userKey(given.username), () => verify(given))
    if (person !== undefined) {
      names.succeeded(given.username)
      return sessions.start(attempt, person)
    }
    const detail = 'The user name or the password is wrong'
    host.report({
      ...{ type: 'login.failed', cid: attempt.cid, code: 'invalid_credentials', detail, ...names.told(given.username) },
      ...addressOf(attempt),
    })
    throw problem('invalid_credentials', detail, { headers: { 'WWW-Authenticate': challenge } })
  }
}
