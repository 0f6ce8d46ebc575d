/** The sessions of browsers. */
export interface SessionSettings {
  /** Where to log in (POST), ask who is logged in (GET), and log out (DELETE); `/session` if it is not given. */
  readonly path?: string
  /** How long a session may go unused, in seconds; 1,800 if it is not given. */
  readonly idle?: number
  /** How long it lasts at the most, in seconds; 43,200, half a day, if it is not given. */
  readonly lifetime?: number
  /**
   * The name of the cookie, `session` if it is not given. Over https it has `__Host-` in front, or `__Secure-` where there
   * is a domain.
   */
  readonly cookie?: string
  /** The domain that gets the cookie, with all below it; only the host itself, which is safest, if it is not given. */
  readonly domain?: string
  /** Whether links from other sites take the cookie along, `lax`, or nothing does, `strict`; `lax` if it is not given. */
  readonly sameSite?: 'lax' | 'strict'
  /** Origins of other pages that may use sessions, such as `https://app.example.com`; they need `cors`, too. */
  readonly trustedOrigins?: readonly string[]
}

/** The settings in full; times are in milliseconds. */
export interface FullSessionSettings {
  readonly path: string
  readonly idle: number
  readonly lifetime: number
  readonly cookie: string
  readonly domain: string | undefined
  readonly sameSite: 'lax' | 'strict'
  readonly trustedOrigins: ReadonlySet<string>
}

/** Fills in what is not given. */
export function sessionSettings(settings: SessionSettings = {}): FullSessionSettings {
  const { path = '/session', idle = 1800, lifetime = 43_200, cookie = 'session', domain, sameSite = 'lax' } = settings
  const trustedOrigins = new Set(settings.trustedOrigins)
  return { path, idle: idle * 1000, lifetime: lifetime * 1000, cookie, domain, sameSite, trustedOrigins }
}

/** What is wrong with the settings, as whole sentences that say how to mend it. */
export function sessionFaults(settings: SessionSettings): readonly string[] {
  const { idle = 1800, lifetime = 43_200, path = '/session', cookie = 'session' } = settings
  const { domain, sameSite, trustedOrigins = [] } = settings
  const times = Object.entries({ idle, lifetime }).filter(([, value]) => !(Number.isFinite(value) && value > 0))
  return [
    ...times.map(([name, value]) => `sessions.${name} is ${String(value)}: give seconds, more than 0`),
    ...(path.startsWith('/') && !/[{}?#]/.test(path)
      ? []
      : [`sessions.path is '${path}': give a path without parameters, such as /session`]),
    // RFC 6265, 4.1.1: a token; a prefix would promise what is not so over http.
    ...(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(cookie) && !/^__(host|secure)-/i.test(cookie)
      ? []
      : [`sessions.cookie is '${cookie}': give a name of letters and digits, without __Host- in front`]),
    ...(domain === undefined || /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(domain)
      ? []
      : [`sessions.domain is '${domain}': give a domain, such as example.com, or leave it out`]),
    ...(sameSite === undefined || sameSite === 'lax' || sameSite === 'strict'
      ? []
      : [`sessions.sameSite is '${String(sameSite)}': give lax or strict`]),
    ...trustedOrigins
      .filter((each) => !URL.canParse(each) || new URL(each).origin !== each)
      .map((each) => `sessions.trustedOrigins has '${each}': give scheme and host, such as https://app.example.com`),
  ]
}
