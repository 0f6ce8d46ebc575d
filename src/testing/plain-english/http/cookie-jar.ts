import type { Memory } from '../memory.ts'
import type { World } from '../world.ts'
import { type Cookie, readCookie } from './cookie.ts'

/** The cookies that replies have set, kept and sent as a browser does. */
export interface CookieJar {
  /** Takes the cookies of a reply; what has expired goes. */
  readonly take: (headers: Headers, url: URL, now: Date) => void
  /** The cookies that a request to an address carries, those of the longest path first. */
  readonly cookiesFor: (url: URL, now: Date) => readonly Cookie[]
  /** The cookie of a name, wherever it is sent to; that of the longest path if there are several. */
  readonly named: (name: string, now: Date) => Cookie | undefined
  /** All that are kept. */
  readonly all: (now: Date) => readonly Cookie[]
  /** Drops them all. */
  readonly empty: () => void
  /** Why the last cookie of this name was not kept, as the end of a sentence. */
  readonly refusal: (name: string) => string | undefined
}

/** An empty jar. */
export function cookieJar(): CookieJar {
  let kept: readonly Cookie[] = []
  const refusals = new Map<string, string>()
  const all = (now: Date): readonly Cookie[] => {
    kept = kept.filter(({ expires }) => expires === undefined || expires > now)
    return kept
  }
  return {
    take: (headers, url, now) => {
      for (const line of headers.getSetCookie()) {
        const cookie = readCookie(line, url, now)
        if (cookie === undefined) continue
        const refusal = refusalOf(cookie, url)
        refusals.delete(cookie.name)
        if (refusal !== undefined) refusals.set(cookie.name, refusal)
        else kept = [...kept.filter((each) => !isSame(each, cookie)), cookie]
      }
      all(now)
    },
    cookiesFor: (url, now) => longestPathFirst(all(now).filter((cookie) => isFor(cookie, url))),
    named: (name, now) => longestPathFirst(all(now).filter((cookie) => cookie.name === name))[0],
    all,
    empty: () => {
      kept = []
      refusals.clear()
    },
    refusal: (name) => refusals.get(name),
  }
}

const memory: Memory<CookieJar> = { scope: 'feature', make: cookieJar }

/** The jar of a feature, whose scenarios share it. */
export function jarOf(world: World): CookieJar {
  return world.recall(memory)
}

function refusalOf({ name, domain, hostOnly, secure, path }: Cookie, url: URL): string | undefined {
  if (!hostOnly && !isWithin(url.hostname, domain)) return `its domain ${domain} is not that of ${url.hostname}`
  if (secure && !isTrusted(url)) return `it is Secure, and ${url.origin} is not`
  if (/^__secure-/i.test(name) && !secure) return 'its name asks for Secure, which it is not'
  if (/^__host-/i.test(name) && (!secure || !hostOnly || path !== '/')) {
    return 'its name asks for Secure, Path=/ and no Domain'
  }
  return undefined
}

function isSame(one: Cookie, other: Cookie): boolean {
  return one.name === other.name && one.domain === other.domain && one.path === other.path
}

function isFor({ domain, hostOnly, path, secure }: Cookie, url: URL): boolean {
  const isHost = hostOnly ? url.hostname === domain : isWithin(url.hostname, domain)
  return isHost && isBelow(url.pathname, path) && (!secure || isTrusted(url))
}

function isWithin(host: string, domain: string): boolean {
  return host === domain || (host.endsWith(`.${domain}`) && !/^[\d.]+$|^\[/.test(host))
}

function isBelow(path: string, above: string): boolean {
  return path === above || path.startsWith(above.endsWith('/') ? above : `${above}/`)
}

/** Browsers take this machine as safe, too. */
function isTrusted({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || /^(localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/.test(hostname)
}

function longestPathFirst(cookies: readonly Cookie[]): readonly Cookie[] {
  return cookies.toSorted((one, other) => other.path.length - one.path.length)
}
