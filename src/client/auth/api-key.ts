import { cookiePair } from '../cookies/set-cookie.ts'
import type { OutgoingRequest } from '../layer.ts'
import { withHeader } from '../with-header.ts'
import type { AuthOptions, AuthScheme } from './auth.ts'

/** Where an API key is sent. */
export interface ApiKeyOptions extends AuthOptions {
  /** In a header if not given. Browsers let no program write cookies of a request. */
  readonly in?: 'header' | 'query' | 'cookie' | undefined
}

/**
 * Proves who is calling by a key in a header, the query or a cookie. A header or member of the query that the request has
 * already stays as it is.
 *
 * @throws TypeError for what could not be a cookie.
 *
 * ```ts
 * import { apiKey, client } from 'trestle/client'
 *
 * const auth = apiKey('key', 'abc', { in: 'query' })
 * const fetch = ({ url }: Request) => new Response(url)
 * await client('https://api.example.com', { auth, fetch }).get('/').text() // => 'https://api.example.com/?key=abc'
 * ```
 */
export function apiKey(name: string, value: string, options: ApiKeyOptions = {}): AuthScheme {
  const { in: place = 'header', origins } = options
  const pair = place === 'cookie' ? cookiePair(name, value) : ''
  const add: Record<typeof place, (request: OutgoingRequest) => OutgoingRequest> = {
    header: (request) => (request.headers.has(name) ? request : withHeader(request, name, value)),
    query: (request) => {
      const url = new URL(request.url)
      if (!url.searchParams.has(name)) url.searchParams.append(name, value)
      return { ...request, url, shown: request.url }
    },
    cookie: (request) => {
      const others = request.headers.get('cookie')
      return withHeader(request, 'cookie', others === null ? pair : `${others}; ${pair}`)
    },
  }
  return { origins, authorize: async (request, next) => next(add[place](request)) }
}
