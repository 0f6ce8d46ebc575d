import { timingSafeEqual } from 'node:crypto'
import type { Attempt } from '../../kernel/attempt.ts'
import { problem } from '../../kernel/problem.ts'

/** Methods that change nothing (RFC 9110, 9.2.1; QUERY). */
const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'QUERY'])

type Asked = Pick<Attempt, 'method' | 'headers' | 'origin'>

/**
 * Whether a page of somebody else could do harm with a request that a browser sends along with a cookie: it changes
 * something, or opens a WebSocket, which any page may do and read.
 */
export function isDelicate({ method, headers }: Asked): boolean {
  return !safe.has(method) || headers.upgrade !== undefined
}

/**
 * Refuses a request that another site may have made a browser send: what the browser itself says of its origin counts,
 * and where it says nothing good, the token that only a page of the API's own origin, or a trusted one, could have read.
 *
 * @throws Problem `cross_site_request`
 */
export function refuseCrossSite(attempt: Asked, trusted: ReadonlySet<string>, token: string): void {
  if (isOwn(attempt, trusted)) return
  const given = attempt.headers['x-csrf-token']
  if (typeof given === 'string' && sameText(given, token)) return
  throw problem('cross_site_request', 'The request may come from another site, and has no valid X-CSRF-Token')
}

/**
 * The same for somebody who has no session yet. Whoever says nothing of an origin is no browser.
 *
 * @throws Problem `cross_site_request`
 */
export function refuseCrossSiteLogin(attempt: Asked, trusted: ReadonlySet<string>): void {
  const { origin, 'sec-fetch-site': site } = attempt.headers
  if (isOwn(attempt, trusted) || (origin === undefined && site === undefined)) return
  throw problem('cross_site_request', 'The page of another site cannot log anybody in')
}

/** Scripts can write neither of the two headers (Fetch standard, forbidden request-headers). */
function isOwn({ headers, origin: own }: Asked, trusted: ReadonlySet<string>): boolean {
  const { origin, 'sec-fetch-site': site } = headers
  if (site === 'same-origin' || site === 'none') return true
  if (typeof origin !== 'string') return false
  return (own !== '' && origin.toLowerCase() === own.toLowerCase()) || trusted.has(origin)
}

function sameText(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
