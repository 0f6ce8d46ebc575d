import { decoded } from '../decoded.ts'
import type { OutgoingRequest } from '../layer.ts'
import { withHeader } from '../with-header.ts'
import type { AuthOptions, AuthScheme } from './auth.ts'

/**
 * Proves who is calling by name and password with each request (RFC 7617, in UTF-8). A request that has an
 * `Authorization` keeps it.
 *
 * @throws TypeError for a name with a colon in it, or control characters: the server would read another name.
 *
 * ```ts
 * import { basic, client } from 'trestle/client'
 *
 * const auth = basic('ada', 'secret')
 * const fetch = (request: Request) => new Response(request.headers.get('authorization'))
 * await client('https://api.example.com', { auth, fetch }).get('/').text() // => 'Basic YWRhOnNlY3JldA=='
 * ```
 */
export function basic(username: string, password: string, { origins }: AuthOptions = {}): AuthScheme {
  if (/[:\p{Cc}]/u.test(username) || /\p{Cc}/u.test(password)) {
    throw new TypeError('basic() takes a username without colon, and no control characters')
  }
  return fixedScheme(`Basic ${base64(`${username}:${password}`)}`, origins)
}

/** Takes the credentials out of an address, since `fetch` takes none that has some. */
export function credentialsIn(url: URL): AuthScheme | undefined {
  const [username, password] = [url.username, url.password].map((text) => decoded(text) ?? text)
  url.username = ''
  url.password = ''
  return username || password ? basic(username ?? '', password ?? '') : undefined
}

/** The same `Authorization` with each request that has none. */
export function fixedScheme(value: string, origins: readonly string[] | undefined): AuthScheme {
  return { origins, authorize: async (request, next) => next(withAuthorization(request, value)) }
}

/** The request with this `Authorization`, unless it has one already: the caller knows better. */
export function withAuthorization(request: OutgoingRequest, value: string): OutgoingRequest {
  return request.headers.has('authorization') ? request : withHeader(request, 'authorization', value)
}

/** The text in UTF-8, in base64. */
export function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}
