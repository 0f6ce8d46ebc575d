import { badRequest, type HttpSide, provider } from 'trestle'
import { type Listed, listed } from './listed.ts'

/** A request as it is told back. */
export interface ToldRequest {
  readonly args: Listed<string>
  readonly headers: Readonly<Record<string, string>>
  readonly method: string
  readonly origin: string
  readonly url: string
  /** The request itself, and what its reply should say. */
  readonly http: HttpSide
}

/** The request of the call. */
export const request = provider(({ http = badRequest('There is a request only over HTTP') }): ToldRequest => {
  const { method, query, origin, prefix, url, clientAddress = '' } = http
  const headers = Object.entries(http.headers).map(([name, value]) => [titled(name), String(value)] as const)
  return {
    args: listed(new URLSearchParams(query)),
    headers: Object.fromEntries(headers),
    method,
    origin: clientAddress,
    url: origin + prefix + url,
    http,
  }
})

/** Each word with a capital letter: `x-request-id` is `X-Request-Id`. */
function titled(name: string): string {
  return name.replace(/(?<![a-z0-9])[a-z]/g, (letter) => letter.toUpperCase())
}
