import { type Problem, problem } from '../../kernel/problem.ts'

/** Path and query of a request, and the query alone, as sent. */
export interface Target {
  readonly url: string
  readonly query: string
}

/** How long a URL and how many its parameters may be. */
interface UrlLimits {
  readonly urlBytes: number
  readonly queryParameters: number
}

/** The refusal of a URL that is longer than so many bytes (RFC 9110, 15.5.15). */
export function uriTooLong(most: number): Problem {
  return problem('uri_too_long', `The limit is ${most} bytes`)
}

/** Why a URL is refused before anything is made of it; undefined for nearly all. */
export function urlRefusal({ url, query }: Target, { urlBytes, queryParameters }: UrlLimits): Problem | undefined {
  if (url.length > urlBytes) return uriTooLong(urlBytes)
  // A fragment never leaves a client (RFC 9110, 7.1): servers differ in what they would take for the path.
  if (url.includes('#')) return problem('malformed_url', 'The URL holds a fragment')
  if (query.length > queryParameters && parameters(query) > queryParameters) {
    return problem('too_many_parameters', `The limit is ${queryParameters}`)
  }
  return undefined
}

function parameters(query: string): number {
  let count = 1
  for (let at = query.indexOf('&'); at !== -1; at = query.indexOf('&', at + 1)) count++
  return count
}
