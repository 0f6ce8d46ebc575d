import { type CallName, ClientError } from '../errors.ts'

/**
 * A request was not sent, because its origin keeps failing.
 *
 * ```ts
 * const fetch = () => new Response(null, { status: 503 })
 * const api = client('https://api.example.com', { circuit: circuit({ failures: 1 }), fetch })
 * const first = await api.get('/')
 * first.status // => 503
 * await api.get('/') // throws CircuitOpenError: GET https://api.example.com/ was not sent: https://api.example.com keeps failing
 * ```
 */
export class CircuitOpenError extends ClientError {
  override readonly name = 'CircuitOpenError'
  /** The origin that is left alone. */
  readonly origin: string
  /** When it is tried again. */
  readonly until: Date

  constructor(call: CallName, origin: string, until: Date) {
    super(call, `was not sent: ${origin} keeps failing, and is left alone until ${until.toISOString()}`)
    this.origin = origin
    this.until = until
  }
}
