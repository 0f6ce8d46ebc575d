import type { AuthOptions, AuthScheme } from './auth.ts'
import { fixedScheme, withAuthorization } from './basic.ts'
import { type BearerToken, isOver, tokenAuthorization } from './tokens.ts'

type Given = string | BearerToken

/** How a bearer token is renewed. */
export interface BearerOptions extends AuthOptions {
  /** Gets another token, when the one before is nearly over or a server has answered 401. */
  readonly refresh?: (() => Given | Promise<Given>) | undefined
}

/**
 * Proves who is calling by a token (RFC 6750). A function is asked for it before each request; with `refresh`, once: from
 * then on a token is used until it is nearly over, or until a server answers 401, and calls at the same time share one
 * `refresh`. The refused request is then sent once more. A request that has an `Authorization` keeps it.
 *
 * ```ts
 * import { bearer, client } from 'trestle/client'
 *
 * const auth = bearer(() => 'abc')
 * const fetch = (request: Request) => new Response(request.headers.get('authorization'))
 * await client('https://api.example.com', { auth, fetch }).get('/').text() // => 'Bearer abc'
 * ```
 */
export function bearer(
  token: Given | (() => Given | Promise<Given>),
  { refresh, origins }: BearerOptions = {},
): AuthScheme {
  const given = typeof token === 'function' ? token : () => token
  if (refresh !== undefined) {
    const authorize = tokenAuthorization(async ({ time }, isFirst) => {
      const first = isFirst ? asToken(await given()) : undefined
      return first === undefined || isOver(first, time.now()) ? asToken(await refresh()) : first
    })
    return { origins, authorize }
  }
  if (typeof token !== 'function') return fixedScheme(`Bearer ${asToken(token).token}`, origins)
  return {
    origins,
    authorize: async (request, next) => {
      if (request.headers.has('authorization')) return next(request)
      return next(withAuthorization(request, `Bearer ${asToken(await given()).token}`))
    },
  }
}

function asToken(given: Given): BearerToken {
  return typeof given === 'string' ? { token: given } : given
}
