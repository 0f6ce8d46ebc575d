/**
 * A request was not sent, because its origin keeps failing.
 *
 * ```ts
 * const fetch = () => new Response(null, { status: 503 })
 * const api = client('https://api.example.com', { circuit: { failures: 1 }, fetch })
 * (await api.get('/')).status // => 503
 * await api.get('/') // throws CircuitOpenError: https://api.example.com keeps failing
 * ```
 */
export class CircuitOpenError extends Error {
  override readonly name = 'CircuitOpenError'
  /** The origin that is left alone. */
  readonly origin: string
  /** When it is tried again. */
  readonly until: Date

  constructor(origin: string, until: Date) {
    super(`${origin} keeps failing and is left alone until ${until.toISOString()}: send the request again after that`)
    this.origin = origin
    this.until = until
  }
}
