import type { ClientTime } from '../time.ts'
import { isTrusted, parseCookie, type StoredCookie } from './set-cookie.ts'

/** A cookie as a jar shows it. */
export type { StoredCookie }

/** Keeps the cookies that servers set, and knows which of them a request sends (RFC 6265). */
export interface CookieJar {
  /** Takes a `Set-Cookie` of the reply from this address; what its server may not set is left out. */
  readonly set: (url: string | URL, cookie: string) => void
  /** The `Cookie` of a request to this address; empty when there is none. */
  readonly header: (url: string | URL) => string
  /** The cookies that a request to this address sends, by name. */
  readonly get: (url: string | URL) => Readonly<Record<string, string>>
  /** All cookies that have not expired, to keep them elsewhere. */
  readonly all: () => readonly StoredCookie[]
  /** Forgets every cookie, or those of one address. */
  readonly clear: (url?: string | URL) => void
}

/** What a new jar may be given. */
export interface CookieJarOptions {
  /** Cookies as `all` of another jar gave them. */
  readonly cookies?: readonly StoredCookie[] | undefined
  /** The time by which cookies expire; that of the machine if not given. */
  readonly time?: Pick<ClientTime, 'now'> | undefined
}

// As browsers limit it, so that no server can fill the memory.
const mostOfHost = 180
const longest = 4096

/**
 * A jar for cookies, in memory. It has no list of public suffixes: a site below `co.uk` may set a cookie for all of them.
 *
 * ```ts
 * const jar = cookieJar()
 * jar.set('https://shop.example/cart', 'session=abc; Path=/; Secure')
 * jar.header('https://shop.example/orders') // => 'session=abc'
 * jar.header('https://other.example') // => ''
 * ```
 */
export function cookieJar({ cookies = [], time = Date }: CookieJarOptions = {}): CookieJar {
  const kept = new Map(cookies.map((cookie) => [keyOf(cookie), cookie]))

  function alive(): StoredCookie[] {
    for (const [key, { expires = Number.POSITIVE_INFINITY }] of kept) if (expires <= time.now()) kept.delete(key)
    return [...kept.values()]
  }

  function matching(address: string | URL): readonly StoredCookie[] {
    const url = new URL(address)
    // Longer paths first; those of one length stay in the order in which they came (RFC 6265, 5.4).
    return alive()
      .filter((cookie) => isFor(cookie, url))
      .sort((one, other) => other.path.length - one.path.length)
  }

  return {
    set: (address, text) => {
      const url = new URL(address)
      const cookie = parseCookie(text, url, time.now())
      if (cookie === undefined || cookie.name.length + cookie.value.length > longest) return
      // What was overheard on the way must not take the place of what was not (RFC 6265bis, 5.7).
      if (!isTrusted(url) && alive().some((old) => old.secure && old.name === cookie.name && isNear(old, cookie)))
        return
      // One that is set anew keeps its place.
      kept.set(keyOf(cookie), cookie)
      const ofHost = alive().filter(({ domain }) => domain === cookie.domain)
      for (const old of ofHost.slice(0, -mostOfHost)) kept.delete(keyOf(old))
    },
    header: (url) =>
      matching(url)
        .map(({ name, value }) => `${name}=${value}`)
        .join('; '),
    get: (url) => Object.fromEntries([...matching(url)].reverse().map(({ name, value }) => [name, value])),
    all: alive,
    clear: (url) => {
      for (const cookie of url === undefined ? alive() : matching(url)) kept.delete(keyOf(cookie))
    },
  }
}

function keyOf({ name, domain, path, hostOnly }: StoredCookie): string {
  return [name, domain, path, hostOnly].join(';')
}

function isNear(one: StoredCookie, other: StoredCookie): boolean {
  const isOfHost = isWithin(one.domain, other.domain) || isWithin(other.domain, one.domain)
  return isOfHost && pathFits(one.path, other.path)
}

function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`)
}

function isFor({ domain, hostOnly, path, secure }: StoredCookie, url: URL): boolean {
  return (
    (hostOnly ? url.hostname === domain : isWithin(url.hostname, domain)) &&
    pathFits(path, url.pathname) &&
    (!secure || isTrusted(url))
  )
}

function pathFits(path: string, asked: string): boolean {
  return asked === path || (asked.startsWith(path) && (path.endsWith('/') || asked[path.length] === '/'))
}
