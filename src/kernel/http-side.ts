import type { CookieOptions } from './cookie-options.ts'

/** The state of a resource that a call found, against which the conditions of the request are checked. */
export interface Precondition {
  /** Its entity tag, such as `"v7"`, as `setHeader('ETag', …)` sends it. */
  readonly etag?: string
  /** Its HTTP date, as `setHeader('Last-Modified', …)` sends it. */
  readonly lastModified?: string
  /** Whether a request without conditions is refused. */
  readonly required?: boolean
}

/** The HTTP side of a call: what was sent, as it was sent, and what the reply should say beyond its body. */
export interface HttpSide {
  /** In capital letters, such as `GET`. */
  readonly method: string
  /** Path and query, as sent. */
  readonly url: string
  /** The path alone, as sent. */
  readonly path: string
  /** The text after `?`, as sent, or `''`. */
  readonly query: string
  /** The version of the API that answers, where versions stand side by side. */
  readonly version: string | undefined
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The cookies by name (RFC 6265), decoded; the first of several with one name. */
  readonly cookies: Readonly<Record<string, string>>
  /** The IP address of the other end of the connection; undefined for a request handed to `app.fetch`. */
  readonly remoteAddress: string | undefined
  /**
   * The IP address of the client: of the other end of the connection, or of the first one behind all trusted proxies
   * (the app's `trustedProxies`); undefined for a request handed to `app.fetch`.
   */
  readonly clientAddress: string | undefined
  /** `http` or `https`, as the client asked, past all trusted proxies. */
  readonly scheme: string
  /** The host that the client asked for, with its port if it sent one, past all trusted proxies; `''` if it named none. */
  readonly host: string
  /** Scheme and host, such as `https://api.example.com`: what a link to this server begins with. */
  readonly origin: string
  /**
   * The beginning of the path that is not in `path`, such as `/shop`, or `''`: what a trusted proxy has taken away
   * (`X-Forwarded-Prefix`), and where the app is mounted inside another.
   */
  readonly prefix: string
  /** The status of the reply; set it to answer with another than the channel declares. */
  status: number
  /** Sets a header of the reply. @throws TypeError for a name or value that HTTP does not allow. */
  readonly setHeader: (name: string, value: string) => void
  /**
   * Checks the conditions of an update (RFC 9110, 13) against the state that was just read, in a transaction if need be.
   *
   * @throws Problem `precondition_failed`; `precondition_required` where there are none and `required` is set
   */
  readonly checkPrecondition: (current: Precondition) => void
  /** Sets a cookie with the reply, also where it is a problem (RFC 6265). @throws TypeError for one that clients would drop */
  readonly setCookie: (name: string, value: string, options?: CookieOptions) => void
  /** Drops a cookie; path and domain have to be those that it was set with. */
  readonly clearCookie: (name: string, options?: CookieOptions) => void
  /** The value of a signed cookie; undefined when there is none, or the app has not signed it. */
  readonly signedCookie: (name: string) => string | undefined
}
