/** Where a cookie is sent, and for how long (RFC 6265, 4.1). */
export interface CookieOptions {
  /** Signs the value with the first of `cookieSecrets`, so that nobody else can make one; anyone can still read it. */
  readonly signed?: boolean
  /** How long it is kept, in seconds; until the client ends if neither this nor `expires` is given. */
  readonly maxAge?: number
  /** When it is dropped. */
  readonly expires?: Date
  /** The paths that it is sent to, with all below; `/` if it is not given. */
  readonly path?: string
  /** The domain that it is sent to, with all below; only the host that set it if it is not given. */
  readonly domain?: string
  /** Sends it over HTTPS only, and to this machine; true unless it is turned off. */
  readonly secure?: boolean
  /** Keeps it from scripts; true unless it is turned off. */
  readonly httpOnly?: boolean
  /** Whether it goes with requests that other sites bring about: `lax`, with links only, if it is not given. */
  readonly sameSite?: 'strict' | 'lax' | 'none'
  /** Gives each site that embeds this one a cookie of its own (CHIPS). */
  readonly partitioned?: boolean
}
