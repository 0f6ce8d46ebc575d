import type { Endpoint } from '../feature.ts'
import { inputSources, takesBody } from '../input/input-sources.ts'
import type { CacheOptions } from './cache-settings.ts'

/** The parts of a request, beside its address, on which the replies of a channel depend. */
export interface Dependence {
  /** In lower case; replies name them in `Vary`. */
  readonly headers: readonly string[]
  readonly cookies: readonly string[]
  /** Whether the body is one of them for every method, and not only for those that ask with it. */
  readonly body: boolean
}

/** What the setting names, and what the input of the service is made of. */
export function dependence({ channel, entry }: Endpoint, { vary = [] }: CacheOptions): Dependence {
  const sources = inputSources(channel, entry.input)
  const namesIn = (place: 'header' | 'cookie'): string[] =>
    sources.flatMap((each) => (each.in === place ? [each.name] : []))
  return {
    headers: [...new Set([...vary, ...namesIn('header')].map((name) => name.toLowerCase()))],
    cookies: namesIn('cookie'),
    body: takesBody(channel, entry.input),
  }
}
