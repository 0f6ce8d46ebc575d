/** How a channel's replies are kept on the server, and handed out again. */
export interface CacheOptions {
  /** For how long a reply is handed out again, in seconds; a shorter `max-age` that the service sets counts. */
  readonly ttl: number
  /**
   * For how long after that a GET is still answered with it at once, in seconds, while one call of the service makes a
   * new one behind the reply (RFC 5861, 3); 0 by default.
   */
  readonly staleWhileRevalidate?: number
  /** For how long after `ttl` it stands in for a reply with a status from 500 on, in seconds (RFC 5861, 4); 0 by default. */
  readonly staleIfError?: number
  /**
   * Whether all callers see the same, so that one reply serves them all; false by default, when each caller, by its
   * credentials and cookies, has replies of its own.
   */
  readonly shared?: boolean
  /** Headers of the request on which the reply depends, beside the representation that is chosen; replies name them in
   * `Vary`. A reply that names others there is not kept. */
  readonly vary?: readonly string[]
  /** Query parameters on which the reply does not depend; `*` at the end of a name stands for any rest: `utm_*`. */
  readonly ignoreQuery?: readonly string[]
  /** Whether POST is answered from the cache too, its body being part of the question; QUERY always is. */
  readonly body?: boolean
  /** The largest body of a reply that is kept, in bytes; 1,000,000 by default. */
  readonly maxBytes?: number
  /** How long a call waits for the reply to another with the same question, in milliseconds; 15,000 by default. */
  readonly wait?: number
  /** Keeps only what is asked for a second time within `ttl`; false by default. */
  readonly storeOnSecond?: boolean
}

/** Settings of the cache for replies (RFC 9111). */
export interface CacheSettings {
  /** Keeps the successes of GET, HEAD and QUERY; `false` takes back what the app or the base says. */
  readonly cache?: CacheOptions | false
  /**
   * Paths whose kept replies a success of this channel drops, beside those of its own path and of the `Location` and
   * `Content-Location` of the reply (RFC 9111, 4.4): `/cars/{id}`, with the `{id}` of this call, or `/cars/*`. For
   * channels of POST, PUT, PATCH and DELETE.
   */
  readonly invalidates?: readonly string[]
}
