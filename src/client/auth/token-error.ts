/**
 * A token endpoint gave no token.
 *
 * ```ts
 * const auth = oauth2({ tokenUrl: 'https://api.example.com/token', clientId: 'me' })
 * const fetch = () => Response.json({ error: 'invalid_client' }, { status: 401 })
 * await client('https://api.example.com', { auth, fetch }).get('/') // throws TokenError: answered 401 (invalid_client)
 * ```
 */
export class TokenError extends Error {
  override readonly name = 'TokenError'
  /** The status that the token endpoint answered. */
  readonly status: number
  /** Why, as RFC 6749 names it, such as `invalid_client`; undefined when the endpoint did not say. */
  readonly code: string | undefined

  constructor(message: string, status: number, code: string | undefined) {
    super(message)
    this.status = status
    this.code = code
  }
}
