import type { CookieOptions } from '../../kernel/cookie-options.ts'

/** So much of name and value clients keep, in bytes (RFC 6265, 6.1). */
const longest = 4096

/** So much of an attribute they read. */
const longestAttribute = 1024

const token = /^[\w!#$%&'*+.^`|~-]+$/
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const host = new RegExp(`^${label}(?:\\.${label})*$`, 'i')
const pathText = /^\/[\x20-\x3a\x3c-\x7e]*$/
const sites = { strict: 'Strict', lax: 'Lax', none: 'None' } as const

/**
 * The value of a Set-Cookie header (RFC 6265, 4.1.1): for HTTPS, hidden from scripts, not sent by other sites, and for
 * all paths, unless the options say otherwise. The value is percent-encoded, as it is decoded when it comes back.
 *
 * @throws TypeError for what clients would drop or read otherwise than it was meant
 */
export function cookieLine(name: string, value: string, options: CookieOptions = {}): string {
  const { path = '/', domain, maxAge, expires, sameSite = 'lax', partitioned = false } = options
  const { secure = true, httpOnly = true } = options
  const wrong = faultOf(name, value, options)
  if (wrong !== undefined) throw new TypeError(`the cookie ${JSON.stringify(name)} cannot be set: ${wrong}`)
  const attributes = [
    `${name}=${encodeURIComponent(value)}`,
    maxAge !== undefined && `Max-Age=${maxAge}`,
    expires !== undefined && `Expires=${expires.toUTCString()}`,
    domain !== undefined && `Domain=${domain}`,
    `Path=${path}`,
    secure && 'Secure',
    httpOnly && 'HttpOnly',
    `SameSite=${sites[sameSite]}`,
    partitioned && 'Partitioned',
  ]
  return attributes.filter((each) => each !== false).join('; ')
}

function faultOf(name: string, value: string, options: CookieOptions): string | undefined {
  const { path = '/', domain, maxAge, expires, sameSite = 'lax', secure = true } = options
  const broken: readonly (readonly [boolean, string])[] = [
    [!token.test(name), 'its name is not a token'],
    [!value.isWellFormed(), 'its value holds half a character'],
    [value.isWellFormed() && name.length + encodeURIComponent(value).length > longest, `it is over ${longest} bytes`],
    [!pathText.test(path) || path.length > longestAttribute, "its path is no path: begin it with '/'"],
    [domain !== undefined && (!host.test(domain) || domain.length > 253), 'its domain is no name of a host'],
    [maxAge !== undefined && !Number.isSafeInteger(maxAge), 'its maxAge is no whole number of seconds'],
    [expires !== undefined && Number.isNaN(expires.getTime()), 'its expires is no date'],
    [!Object.hasOwn(sites, sameSite), 'its sameSite is none of strict, lax and none'],
    [sameSite === 'none' && !secure, 'SameSite=None has to be secure'],
    [options.partitioned === true && !secure, 'a partitioned cookie has to be secure'],
    ...prefixFaults(name, options),
  ]
  return broken.find(([is]) => is)?.[1]
}

/** What clients ask of names that promise something (RFC 6265bis, 4.1.3). */
function prefixFaults(
  name: string,
  { path = '/', domain, secure = true, httpOnly = true }: CookieOptions,
): readonly (readonly [boolean, string])[] {
  const begins = (prefix: string): boolean => name.toLowerCase().startsWith(prefix)
  return [
    [(begins('__secure-') || begins('__host-') || begins('__http-')) && !secure, 'a name like this has to be secure'],
    [
      begins('__host-') && (path !== '/' || domain !== undefined),
      "a name like this has to have the path '/' and no domain",
    ],
    [(begins('__http-') || begins('__host-http-')) && !httpOnly, 'a name like this has to be hidden from scripts'],
  ]
}
