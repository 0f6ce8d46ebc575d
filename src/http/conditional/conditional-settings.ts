/** Settings for conditional requests (RFC 9110, 13). */
export interface ConditionalSettings {
  /**
   * Whether successes of GET and QUERY carry an `ETag`, made of the bytes that are sent, where the service sets none, and
   * are answered with 304 when the client has them already. Without it: wherever `cacheControl`, `cache` or an `ifMatch`
   * of the same path asks for it. `'weak'` allows proxies to change the bytes.
   */
  readonly etag?: boolean | 'weak'
  /**
   * Whether a PUT, PATCH or DELETE may say, or must say, in which state the resource has to be (`If-Match`); the state is
   * what the GET channel of the same path answers. Without it: they may where that GET sends an `ETag`; `false` leaves the
   * headers to the service. Raises `precondition_failed` and `precondition_required`.
   */
  readonly ifMatch?: 'optional' | 'required' | false
}
