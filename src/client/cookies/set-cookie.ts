/** A cookie, and where it may be sent. */
export interface StoredCookie {
  /** Its name. */
  readonly name: string
  /** Its value, as the server wrote it. */
  readonly value: string
  /** The host that it is for. */
  readonly domain: string
  /** Whether it is for that host alone, and not for those below it. */
  readonly hostOnly: boolean
  /** The path that it is for, with all below it. */
  readonly path: string
  /** When it is over, in milliseconds since 1970; undefined for one that lasts as long as the jar. */
  readonly expires: number | undefined
  /** Whether it is sent by https only. */
  readonly secure: boolean
  /** Whether it is kept from scripts in browsers; it says nothing here. */
  readonly httpOnly: boolean
}

/** The cookie of a `Set-Cookie`; undefined when it is none, or one that the server of this address may not set. */
export function parseCookie(text: string, url: URL, now: number): StoredCookie | undefined {
  const [pair = '', ...rest] = text.split(';')
  const [name, value] = halves(pair)
  if (value === undefined || name === '') return undefined
  const given = new Map(rest.map(halves).map(([attribute, of = '']): [string, string] => [attribute.toLowerCase(), of]))

  const host = url.hostname
  const isNumbers = /^[\d.]+$|:/.test(host)
  const wanted = (given.get('domain') ?? '').replace(/^\./, '').toLowerCase()
  const hostOnly = wanted === '' || wanted === host
  // A cookie for all of `com`, or of an address in numbers, would go to strangers.
  if (!hostOnly && !(host.endsWith(`.${wanted}`) && wanted.includes('.') && !isNumbers)) return undefined

  const isExactHost = wanted === '' || isNumbers || !host.includes('.')
  const secure = given.has('secure')
  const path = given.get('path') ?? ''
  const cookie: StoredCookie = {
    name,
    value,
    domain: hostOnly ? host : wanted,
    hostOnly: isExactHost,
    path: path.startsWith('/') ? path : defaultPath(url),
    expires: expiryOf(given, now),
    secure,
    httpOnly: given.has('httponly'),
  }
  return (secure && !isTrusted(url)) || !isPrefixKept(cookie, given, url) ? undefined : cookie
}

/** A cookie as a request sends it. @throws TypeError for what a server would read as another one */
export function cookiePair(name: string, value: string): string {
  if (/[\s=;,]|^$/.test(name) || /[\s;,\\]/.test(value)) {
    throw new TypeError(`The cookie '${name}' has spaces, commas, semicolons or backslashes: encode them`)
  }
  return `${name}=${value}`
}

/** Whether a secure cookie may go there. As in browsers, what never leaves the machine cannot be overheard. */
export function isTrusted({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || /^(localhost|.+\.localhost|127\..*|\[::1\])$/.test(hostname)
}

// `__Secure-` and `__Host-` promise how the cookie was set (RFC 6265bis, 4.1.3).
function isPrefixKept({ name, secure, path }: StoredCookie, given: ReadonlyMap<string, string>, url: URL): boolean {
  if (!/^__(secure|host)-/i.test(name)) return true
  const isSafe = secure && url.protocol === 'https:'
  return isSafe && (/^__secure/i.test(name) || (path === '/' && !given.has('domain')))
}

/** What stands before the first `=`, and after it. */
export function halves(text: string): [string, string | undefined] {
  const at = text.indexOf('=')
  return at < 0 ? [text.trim(), undefined] : [text.slice(0, at).trim(), text.slice(at + 1).trim()]
}

function defaultPath({ pathname }: URL): string {
  return pathname.slice(0, pathname.lastIndexOf('/')) || '/'
}

function expiryOf(given: ReadonlyMap<string, string>, now: number): number | undefined {
  const age = given.get('max-age') ?? ''
  if (/^-?\d+$/.test(age)) return now + Number(age) * 1000
  // Old servers write the date with hyphens: 01-Jan-2030.
  const date = Date.parse((given.get('expires') ?? '').replace(/(\d+)-(\w{3})-(\d+)/, '$1 $2 $3'))
  return Number.isNaN(date) ? undefined : date
}
