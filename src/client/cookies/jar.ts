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
  readonly cookies?: readonly StoredCookie[]
  /** The time by which cookies expire; that of the machine if not given. */
  readonly time?: Pick<ClientTime, 'now'>
}

// As browsers limit it, so that no server can fill the memory.
const mostOfHost = 180

/**
 * A jar for cookies, in memory.
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
    for (const [key, { expires }] of kept) if (expires !== undefined && expires <= time.now()) kept.delete(key)
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
      const cookie = parseCookie(text, new URL(address), time.now())
      if (cookie === undefined) return
      // One that is set anew keeps its place.
      kept.set(keyOf(cookie), cookie)
      const ofHost = alive().filter(({ domain }) => domain === cookie.domain)
      for (const old of ofHost.slice(0, Math.max(0, ofHost.length - mostOfHost))) kept.delete(keyOf(old))
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

function isFor({ domain, hostOnly, path, secure }: StoredCookie, url: URL): boolean {
  const isHost = url.hostname === domain || (!hostOnly && url.hostname.endsWith(`.${domain}`))
  return isHost && pathFits(path, url.pathname) && (!secure || isTrusted(url))
}

function pathFits(path: string, asked: string): boolean {
  return asked === path || (asked.startsWith(path) && (path.endsWith('/') || asked[path.length] === '/'))
}
