import type { AuthOptions, AuthScheme } from './auth.ts'
import { base64 } from './basic.ts'
import { TokenError } from './token-error.ts'
import { type BearerToken, type TokenRequest, tokenAuthorization } from './tokens.ts'

interface OAuth2Common extends AuthOptions {
  /** Where tokens are given out, as a whole address. */
  readonly tokenUrl: string | URL
  /** What the client is called there. */
  readonly clientId: string
  /** A public client has none, and sends its id in the body. */
  readonly clientSecret?: string | undefined
  /** How the client proves who it is to the token endpoint: `'basic'` if not given. */
  readonly clientAuth?: 'basic' | 'body' | undefined
  /** What the token is for; what the server gives if not given. */
  readonly scopes?: readonly string[] | undefined
  /** More that the token endpoint wants, such as `audience` or `resource`. */
  readonly params?: Readonly<Record<string, string>> | undefined
  /** Told of each token that was given out, so that a new refresh token can be kept. */
  readonly onToken?: ((token: OAuth2Token) => void) | undefined
}

/** How tokens are got (RFC 6749): by the client's own credentials, by those of a user, or by a refresh token. */
export type OAuth2Settings = OAuth2Common &
  (
    | { readonly grant?: 'client_credentials' }
    | { readonly grant: 'password'; readonly username: string; readonly password: string }
    | { readonly grant: 'refresh_token'; readonly refreshToken: string }
  )

/** A token that was given out. */
export interface OAuth2Token extends BearerToken {
  /** For the next one, where the server gives one out. */
  readonly refreshToken: string | undefined
}

type Form = Readonly<Record<string, string>>

/**
 * Proves who is calling by tokens that it gets from a token endpoint, keeps until shortly before they are over, and renews
 * by a refresh token where there is one; calls at the same time share one request for a token. Where a server answers 401,
 * another token is got and the request sent once more.
 *
 * ```ts
 * const auth = oauth2({ tokenUrl: 'https://api.example.com/token', clientId: 'me', clientSecret: 'secret' })
 * const fetch = ({ url, headers }: Request) =>
 *   url.endsWith('/token') ? Response.json({ access_token: 'abc' }) : new Response(headers.get('authorization'))
 * await client('https://api.example.com', { auth, fetch }).get('/').text() // => 'Bearer abc'
 * ```
 */
export function oauth2(settings: OAuth2Settings): AuthScheme {
  const url = new URL(settings.tokenUrl)
  const own = grantOf(settings)
  let refreshToken = settings.grant === 'refresh_token' ? settings.refreshToken : undefined

  return { origins: settings.origins, authorize: tokenAuthorization(renew) }

  async function renew(request: TokenRequest): Promise<OAuth2Token> {
    if (refreshToken === undefined) return ask(request, own)
    try {
      return await ask(request, { grant_type: 'refresh_token', refresh_token: refreshToken })
    } catch (error) {
      // The refresh token is over, which is no reason to fail where there are other credentials.
      if (settings.grant === 'refresh_token' || !(error instanceof TokenError) || error.code !== 'invalid_grant')
        throw error
      refreshToken = undefined
      return ask(request, own)
    }
  }

  async function ask({ send, signal, time }: TokenRequest, grant: Form): Promise<OAuth2Token> {
    const { clientId, clientSecret, clientAuth = 'basic', scopes = [], params = {} } = settings
    const headers = new Headers({ accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' })
    const form = new URLSearchParams({ ...grant, ...(scopes.length > 0 && { scope: scopes.join(' ') }), ...params })
    if (clientSecret === undefined || clientAuth === 'body') {
      form.set('client_id', clientId)
      if (clientSecret !== undefined) form.set('client_secret', clientSecret)
    } else headers.set('authorization', `Basic ${base64(`${encoded(clientId)}:${encoded(clientSecret)}`)}`)
    const body = { open: () => form.toString(), replayable: true }
    const reply = await send({ method: 'POST', url: new URL(url), headers, body, signal })
    const token = await given(reply, url, time.now())
    refreshToken = token.refreshToken ?? refreshToken
    settings.onToken?.({ ...token, refreshToken })
    return token
  }
}

function grantOf(settings: OAuth2Settings): Form {
  if (settings.grant !== 'password') return { grant_type: 'client_credentials' }
  return { grant_type: 'password', username: settings.username, password: settings.password }
}

/** As in a form, which is how RFC 6749 (2.3.1) wants them before they are put into base64. */
function encoded(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1)
}

async function given(reply: Response, url: URL, now: number): Promise<OAuth2Token> {
  const text = await reply.text()
  const { access_token, token_type, expires_in, refresh_token, error, error_description } = membersOf(text)
  const fault = (what: string, code?: string): TokenError =>
    new TokenError(`The token endpoint ${url.origin}${url.pathname} ${what}`, reply.status, code)
  if (!reply.ok || typeof error === 'string') {
    const code = typeof error === 'string' ? error : undefined
    const why = [code, error_description].filter((each) => typeof each === 'string').join(': ')
    throw fault(`answered ${reply.status}${why && ` (${why})`}: check the client, its grant and its scopes`, code)
  }
  if (typeof access_token !== 'string') throw fault(`gave no 'access_token': check that it is one of OAuth 2`)
  if (typeof token_type === 'string' && token_type.toLowerCase() !== 'bearer') {
    throw fault(`gave a token of the type '${token_type}': ask it for bearer tokens`)
  }
  const seconds = Number(expires_in ?? Number.NaN)
  return {
    token: access_token,
    expiresAt: Number.isFinite(seconds) ? now + seconds * 1000 : undefined,
    refreshToken: typeof refresh_token === 'string' ? refresh_token : undefined,
  }
}

function membersOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}
