import { type Problem, problem } from '../../kernel/problem.ts'
import type { Accepted } from './accepted.ts'
import type { Credentials, Unreadable } from './credentials.ts'

/** What a caller is refused with whose credentials are missing or wrong, with all that it may show instead. */
export function refusal(
  { challenges }: Accepted,
  given: Credentials | Unreadable | undefined,
  reason?: string,
): Problem {
  const { basic, bearer, others } = challenges
  const kind = given === undefined ? undefined : given.kind === 'unreadable' ? given.scheme : given.kind
  const all = [basic, kind === 'bearer' ? invalidToken(bearer, reason) : bearer, ...others].filter(
    (each) => each !== undefined,
  )
  // A challenge has to be there (RFC 9110, 15.5.2), also where no definition lets anybody in.
  const headers = { 'WWW-Authenticate': all.length > 0 ? all.join(', ') : 'None' }
  if (given === undefined) return problem('unauthorized', reason ?? 'The request has no credentials', { headers })
  if (kind === 'bearer') return problem('invalid_token', reason ?? 'The token is not known', { headers })
  return problem('invalid_credentials', reason ?? 'The credentials are not known', { headers })
}

/** RFC 6750, 3: it says why, unless nothing was shown. */
function invalidToken(challenge: string | undefined, reason: string | undefined): string | undefined {
  if (challenge === undefined) return undefined
  const description = (reason ?? 'The token is not known').replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '')
  return `${challenge}, error="invalid_token", error_description="${description}"`
}
