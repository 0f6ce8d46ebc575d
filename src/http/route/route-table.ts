import { StartupError } from '../../kernel/startup-error.ts'
import type { Method, RestChannel } from '../rest-channel.ts'
import { channelFaults } from './channel-fault.ts'
import { parsePath, pathFault, plainPath } from './path-pattern.ts'
import type { Route } from './route.ts'
import { RoutePlace } from './route-place.ts'
import { type Match, Router } from './router.ts'
import { slashCheck } from './slash-check.ts'

export type { Route } from './route.ts'
export type { Match } from './router.ts'

/** Finds what answers a method and a path. */
export interface RouteTable<T> {
  /** Of several versions, the one of requests that name none. @throws Problem `malformed_url` */
  readonly find: (method: string, path: string) => Match<T> | undefined
  /** The methods that the path answers, sorted, as for an Allow header; empty when nothing is served there. */
  readonly allowed: (path: string) => readonly string[]
  /** The version of that name beside a target found for the method; undefined where no route has versions. */
  readonly version: ((method: string, found: unknown, name: string) => T | undefined) | undefined
}

const every: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'QUERY']

/** The methods that a channel answers, and the rank that it has there: of two channels of one shape the higher counts. */
function answered({ method, version }: RestChannel): readonly (readonly [method: Method, rank: number])[] {
  const named = version?.declared === false ? 0 : 0.5
  if (method === '*') return [...every, 'HEAD' as const].map((each) => [each, 1 + named])
  const own = [method, 3 + named] as const
  return method === 'GET' ? [own, ['HEAD', 2 + named]] : [own]
}

/**
 * Makes the table of an app's routes; `faults` are what is known to be wrong with them already.
 *
 * @throws StartupError for malformed channels, and for those that could never be reached.
 */
export function routeTable<T>(routes: readonly Route<T>[], faults: readonly string[] = []): RouteTable<T> {
  const reasons: string[] = [...faults]
  const places = new Map<string, RoutePlace<T>>()
  const described = new Map<string, Route<T>>()
  const hasHead = routes.some(({ channel }) => channel.method === 'HEAD')
  for (const route of routes) {
    const { channel, service } = route
    reasons.push(...channelFaults(channel, service))
    if (pathFault(channel.path) !== undefined) continue
    const pattern = parsePath(channel.path)
    for (const [method, rank] of answered(channel)) {
      if (method === 'HEAD' && !hasHead) continue
      const shown = `${method} ${plainPath(channel.path)}`
      const twin = described.get(shown) ?? route
      described.set(shown, twin)
      if (twin.channel.path !== channel.path) reasons.push(sameDescription(route, twin))
      const key = `${method} ${pattern.shape}`
      const place = places.get(key) ?? new RoutePlace<T>(method)
      places.set(key, place)
      const fault = place.take({ route, pattern, rank })
      if (fault !== undefined) reasons.push(fault)
    }
  }
  if (reasons.length > 0) throw new StartupError([...new Set(reasons)])

  const routers = new Map<string, Router<T>>()
  const versions = new Map<string, Map<unknown, ReadonlyMap<string, T>>>()
  for (const place of places.values()) {
    const { method, first } = place
    const router = routers.get(method) ?? new Router<T>()
    routers.set(method, router)
    router.add(first.pattern, first.route.target)
    if (place.versions === undefined) continue
    const beside = versions.get(method) ?? new Map<unknown, ReadonlyMap<string, T>>()
    versions.set(method, beside.set(first.route.target, place.versions))
  }
  const gets = routers.get('GET')
  // Where no channel is for HEAD alone, its routes are those of GET.
  if (!hasHead && gets !== undefined) routers.set('HEAD', gets)
  const atMethod = (method: string): string => (method === 'HEAD' && !hasHead ? 'GET' : method)

  const served = slashCheck(routes)
  const none = new Router<T>()
  const find = (method: string, path: string): Match<T> | undefined => (routers.get(method) ?? none).find(path)
  const strictly = (method: string, path: string): Match<T> | undefined => {
    const match = find(method, path)
    return match !== undefined && served?.(match.target, path) ? match : undefined
  }
  const findServed = served === undefined ? find : strictly
  return {
    find: findServed,
    allowed: (path) => {
      const methods = [...routers.keys()].filter((each) => path === '*' || findServed(each, path) !== undefined)
      return methods.length === 0 && path !== '*' ? [] : [...new Set([...methods, 'OPTIONS'])].sort()
    },
    version:
      versions.size === 0 ? undefined : (method, found, name) => versions.get(atMethod(method))?.get(found)?.get(name),
  }
}

/** OpenAPI has no sign for parameters that span segments: beside a plain one, another name tells them apart. */
function sameDescription({ channel, service }: Route<unknown>, twin: Route<unknown>): string {
  const first = `${twin.channel.address} (${twin.service})`
  return `${channel.address} (${service}) and ${first} look the same in the API description: rename the parameter of one`
}
