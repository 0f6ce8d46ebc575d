import { StartupError } from '../kernel/startup-error.ts'
import { type PathPattern, parsePath, pathFault } from './path-pattern.ts'
import type { Method, RestChannel } from './rest-channel.ts'
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

interface Taken {
  readonly by: Route<unknown>
  readonly path: string
  /** Whether the channel names the method, rather than taking them all. */
  readonly named: boolean
}

/**
 * Makes the table of an app's routes.
 *
 * @throws StartupError for malformed paths, and for channels that could never be reached.
 */
export function routeTable<T>(routes: readonly Route<T>[]): RouteTable<T> {
  const reasons: string[] = []
  const routers = new Map<string, Router<T>>()
  const taken = new Map<string, Taken>()

  const add = (route: Route<T>, pattern: PathPattern, method: Method, named: boolean): void => {
    const key = `${method} ${pattern.shape.length > 1 ? pattern.shape.replace(/\/$/, '') : pattern.shape}`
    const other = taken.get(key)
    // A channel that names its method goes before one that takes them all.
    if (other?.named && !named) return
    if (other !== undefined && other.named === named) {
      reasons.push(clash(route, other))
      return
    }
    taken.set(key, { by: route, path: route.channel.path, named })
    const router = routers.get(method) ?? new Router<T>()
    routers.set(method, router)
    router.add(pattern, route.target)
  }

  for (const route of routes) {
    const { channel, service } = route
    const fault = pathFault(channel.path)
    if (fault !== undefined) {
      reasons.push(`the path of ${channel.address} (${service}) ${fault}`)
      continue
    }
    const pattern = parsePath(channel.path)
    if (channel.method === '*') for (const method of every) add(route, pattern, method, false)
    else add(route, pattern, channel.method, true)
  }
  if (reasons.length > 0) throw new StartupError([...new Set(reasons)])

  const find = (method: string, path: string): Match<T> | undefined => {
    const match = routers.get(method)?.find(path)
    return match === undefined && method === 'HEAD' ? routers.get('GET')?.find(path) : match
  }
  return {
    find,
    allowed: (path) => {
      const methods = [...routers.keys()].filter(
        (method) => path === '*' || routers.get(method)?.find(path) !== undefined,
      )
      if (methods.length === 0 && path !== '*') return []
      const implied = methods.includes('GET') ? ['HEAD', 'OPTIONS'] : ['OPTIONS']
      return [...new Set([...methods, ...implied])].sort()
    },
  }
}

function clash({ channel, service }: Route<unknown>, { by, path }: Taken): string {
  const first = `${by.channel.address} (${by.service})`
  if (channel.path === path)
    return `${channel.address} is declared twice, by ${by.service} and by ${service}: remove one`
  return `${channel.address} (${service}) can never be reached, ${first} has the same shape: change or remove one`
}
