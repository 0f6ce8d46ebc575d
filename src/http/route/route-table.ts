import { StartupError } from '../../kernel/startup-error.ts'
import type { Method, RestChannel } from '../rest-channel.ts'
import { channelFaults } from './channel-fault.ts'
import { type PathPattern, parsePath, pathFault } from './path-pattern.ts'
import { type Match, Router } from './router.ts'

/** A channel with the name of the service that it invokes, and what answers it. */
export interface Route<T> {
  readonly channel: RestChannel
  readonly service: string
  readonly target: T
}

/** Finds what answers a method and a path. */
export interface RouteTable<T> {
  /** @throws Problem `malformed_url` */
  readonly find: (method: string, path: string) => Match<T> | undefined
  /** The methods that the path answers, sorted, as for an Allow header; empty when nothing is served there. */
  readonly allowed: (path: string) => readonly string[]
}

const every: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'QUERY']

/** The methods that a channel answers, and the rank that it has there: of two channels of one shape the higher counts. */
function answered(method: Method): readonly (readonly [method: Method, rank: number])[] {
  if (method === '*') return [...every, 'HEAD' as const].map((each) => [each, 1])
  const named = [method, 3] as const
  return method === 'GET' ? [named, ['HEAD', 2]] : [named]
}

interface Taken {
  readonly by: Route<unknown>
  readonly rank: number
}

/**
 * Makes the table of an app's routes; `faults` are what is known to be wrong with them already.
 *
 * @throws StartupError for malformed channels, and for those that could never be reached.
 */
export function routeTable<T>(routes: readonly Route<T>[], faults: readonly string[] = []): RouteTable<T> {
  const reasons: string[] = [...faults]
  const routers = new Map<string, Router<T>>()
  const taken = new Map<string, Taken>()
  const hasHead = routes.some(({ channel }) => channel.method === 'HEAD')

  const add = (route: Route<T>, pattern: PathPattern, method: Method, rank: number): void => {
    const key = `${method} ${pattern.shape}`
    const other = taken.get(key)
    if (other?.rank === rank) reasons.push(clash(route, other.by))
    if (other !== undefined && other.rank >= rank) return
    taken.set(key, { by: route, rank })
    const router = routers.get(method) ?? new Router<T>()
    routers.set(method, router)
    router.add(pattern, route.target)
  }

  for (const route of routes) {
    const { channel, service } = route
    reasons.push(...channelFaults(channel, service))
    if (pathFault(channel.path) !== undefined) continue
    const pattern = parsePath(channel.path)
    for (const [method, rank] of answered(channel.method)) {
      if (method !== 'HEAD' || hasHead) add(route, pattern, method, rank)
    }
  }
  if (reasons.length > 0) throw new StartupError([...new Set(reasons)])

  const gets = routers.get('GET')
  // Where no channel is for HEAD alone, its routes are those of GET.
  if (!hasHead && gets !== undefined) routers.set('HEAD', gets)
  return {
    find: (method, path) => routers.get(method)?.find(path),
    allowed: (path) => {
      const methods = [...routers.keys()].filter((each) => path === '*' || routers.get(each)?.find(path) !== undefined)
      return methods.length === 0 && path !== '*' ? [] : [...new Set([...methods, 'OPTIONS'])].sort()
    },
  }
}

function clash({ channel, service }: Route<unknown>, by: Route<unknown>): string {
  const first = `${by.channel.address} (${by.service})`
  if (channel.path === by.channel.path)
    return `${channel.address} is declared twice, by ${by.service} and by ${service}: remove one`
  return `${channel.address} (${service}) can never be reached, ${first} has the same shape: change or remove one`
}
