import { hash } from 'node:crypto'
import type { CallState } from '../../kernel/call-state.ts'
import type { Caller } from '../../kernel/caller.ts'
import type { Exchange } from '../exchange.ts'
import type { Endpoint } from '../feature.ts'
import { chosenFor } from '../represent/chosen.ts'
import { slashCounts } from '../route/slash-check.ts'
import type { CacheOptions } from './cache-settings.ts'
import type { Dependence } from './dependence.ts'
import { plainPath } from './purge-path.ts'

/** Tells calls apart whose replies may differ, by all that the reply may depend on. */
export type CacheKey = (exchange: Exchange, call: CallState, body: Uint8Array | undefined) => string

/** Compiles the key of a channel's calls; HEAD has the key of GET. */
export function cacheKey(
  { channel, entry }: Endpoint,
  { shared, ignoreQuery = [] }: CacheOptions,
  { headers: varied, cookies }: Dependence,
): CacheKey {
  const ignored = ignoring(ignoreQuery)
  const slashless = slashCounts(channel)
  return (exchange, call, body) => {
    const { headers, method, path, query } = exchange
    const chosen = chosenFor(exchange)
    const parts = [
      entry.name,
      channel.address,
      method === 'HEAD' ? 'GET' : method,
      exchange.origin,
      exchange.prefix,
      exchange.base,
      exchange.version,
      plainPath(path),
      !slashless && path.endsWith('/'),
      plainQuery(query, ignored),
      chosen === undefined ? undefined : [chosen.representation.contentType, chosen.parameters],
      varied.map((name) => headers[name]),
      cookies.map((name) => exchange.cookies[name]),
      shared ? undefined : [callerKey(call.caller), credentials.map((name) => headers[name])],
      body === undefined ? undefined : [headers['content-type'], headers['content-encoding'], hash('sha256', body)],
    ]
    // Credentials are part of it: a store keeps nothing that they could be read from.
    return hash('sha256', JSON.stringify(parts), 'base64url')
  }
}

/** Who calls, and what they are: whoever has lost a role gets nothing that was made for it. */
function callerKey({ definition, username, roles, scopes, permissions }: Caller): readonly unknown[] {
  return [definition, username, roles, scopes, permissions]
}

/** Headers that tell callers apart also where a service looks at them by itself. */
const credentials = ['authorization', 'cookie', 'x-api-key']

/** The query in one order, which parameters of one name keep among themselves. */
function plainQuery(query: string, ignored: (name: string) => boolean): string {
  if (query === '') return ''
  const pairs = query.split('&').map((pair) => [decoded(pair.split('=', 1)[0] as string), pair] as const)
  return pairs
    .filter(([name, pair]) => pair !== '' && !ignored(name))
    .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
    .map(([, pair]) => pair)
    .join('&')
}

function ignoring(names: readonly string[]): (name: string) => boolean {
  const whole = new Set(names.filter((name) => !name.endsWith('*')))
  const beginnings = names.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1))
  return (name) => whole.has(name) || beginnings.some((each) => name.startsWith(each))
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '))
  } catch {
    return name
  }
}
