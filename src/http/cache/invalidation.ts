import { CallState } from '../../kernel/call-state.ts'
import { whenReady } from '../../kernel/chain.ts'
import type { Exchange, Outgoing } from '../exchange.ts'
import type { Endpoint, Gate, GateContext } from '../feature.ts'
import { headerIn } from '../reply/header-list.ts'
import { paramNames } from '../route/path-pattern.ts'
import { filled } from './purge-path.ts'
import { outdate, stateOf } from './response-cache.ts'

const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'QUERY', 'OPTIONS'])

/** Compiles which kept replies a success of an unsafe method drops before its own reply leaves (RFC 9111, 4.4). */
export function invalidation({ channel }: Endpoint, { cache, kernel }: GateContext): Gate {
  const { invalidates = [], cache: keeping } = channel.options
  const asksByPost = keeping && keeping.body === true
  const names = paramNames(channel.path)
  const state = stateOf(cache)
  return (exchange, call, values) => {
    if (safe.has(exchange.method) || (asksByPost && exchange.method === 'POST')) return undefined
    exchange.filter((outgoing) => {
      if (exchange.failed || outgoing.status > 399) return outgoing
      const params = new Map(names.map((name, at) => [name, values[at] ?? '']))
      const paths = [...pathsOf(exchange, outgoing), ...invalidates.map((pattern) => filled(pattern, params))]
      // Work behind the reply may change more, and somebody may ask before it has.
      if (CallState.hasMore(call)) CallState.own(call, () => drop(paths))
      return whenReady(drop(paths), () => outgoing)
    })
    return undefined
  }

  function drop(paths: readonly string[]): void | Promise<void> {
    const pending = paths.flatMap((path) => {
      outdate(state, { path })
      try {
        const dropped = state.store.purge({ path })
        return typeof dropped === 'number' ? [] : [dropped.catch(report)]
      } catch (error) {
        return report(error) ?? []
      }
    })
    if (pending.length > 0) return Promise.all(pending).then(() => {})
  }

  function report(error: unknown): undefined {
    kernel.log.error({ err: error }, 'the cache for replies could not drop what has changed')
  }
}

/** The path of the request, and those that the reply names, as far as they are of the same host. */
function pathsOf({ path, host, scheme }: Exchange, { headers }: Outgoing): string[] {
  const base = URL.parse(`${scheme}://${host || 'localhost'}${path}`)
  const named = ['location', 'content-location'].flatMap((name) => {
    const value = headerIn(headers, name)
    const url = value === undefined || base === null ? null : URL.parse(value, base)
    return url === null || url.host !== base?.host ? [] : [url.pathname]
  })
  // What a client sends must not become a pattern.
  return [path, ...named].map((each) => each.replace(/[*{}]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`))
}
