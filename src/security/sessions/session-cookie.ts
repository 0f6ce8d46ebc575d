import type { Attempt } from '../../kernel/attempt.ts'
import type { CookieOptions } from '../../kernel/cookie-options.ts'
import type { FullSessionSettings } from './session-settings.ts'

/** A cookie as it is set. */
export interface SessionCookie {
  readonly name: string
  readonly options: CookieOptions
}

/**
 * The cookie of sessions for whoever asks by this origin. Over https its name has a prefix that browsers take only from the
 * host itself and over https (RFC 6265bis, 4.1.3), so that no neighbour can put one in. Over http, on the machine of a
 * developer, browsers would not keep such a one.
 */
export function sessionCookies(settings: FullSessionSettings): (attempt: Pick<Attempt, 'origin'>) => SessionCookie {
  const { cookie, domain, sameSite } = settings
  const shared = { sameSite, httpOnly: true, path: '/', ...(domain !== undefined && { domain }) }
  const open = { name: cookie, options: { ...shared, secure: false } }
  const prefix = domain === undefined ? '__Host-' : '__Secure-'
  const secure = { name: `${prefix}${cookie}`, options: { ...shared, secure: true } }
  return ({ origin }) => (origin.startsWith('https:') ? secure : open)
}
