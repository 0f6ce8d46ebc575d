import type { RestChannel } from '../rest-channel.ts'
import { parsePath, pathFault } from '../route/path-pattern.ts'

const updating: ReadonlySet<string> = new Set(['PUT', 'PATCH', 'DELETE'])

/** What of the conditions of a request a channel has to do with. */
type Described = Pick<RestChannel, 'method' | 'path' | 'options'>

/** Whether the settings of the channel say that its updates may depend on the state of the resource. */
export function asksForConditions({ method, options: { ifMatch } }: Described): boolean {
  return ifMatch !== undefined && ifMatch !== false && updating.has(method)
}

/**
 * How updates through the channel depend on the state of the resource: as its settings say, else where the resource is read
 * with an entity tag, which clients may send back unasked (RFC 9110, 13.1.1).
 */
export function conditionsOf(
  channel: Described,
  all: readonly Described[],
): 'required' | 'optional' | 'unasked' | undefined {
  const { ifMatch } = channel.options
  if (ifMatch === false || !updating.has(channel.method)) return undefined
  const isTagged = (other: Described): boolean => readsSame(channel, other) && tagsOf(other, all) !== 'none'
  return ifMatch ?? (all.some(isTagged) ? 'unasked' : undefined)
}

/** Whether the other channel reads what this one updates: a GET of the same path, whatever its parameters are called. */
export function readsSame(channel: Described, other: Described): boolean {
  if (other.method !== 'GET' && other.method !== '*') return false
  const shape = shapeOf(channel)
  return shape !== undefined && shape === shapeOf(other)
}

/** Which entity tags the successes of a channel carry, where its service sets none. */
export function tagsOf(channel: Described, all: readonly Described[]): 'strong' | 'weak' | 'none' {
  const { etag, cache, cacheControl } = channel.options
  if (etag !== undefined) return etag === 'weak' ? 'weak' : etag ? 'strong' : 'none'
  if (cache || cacheControl) return 'strong'
  return all.some((other) => asksForConditions(other) && readsSame(other, channel)) ? 'strong' : 'none'
}

const shapes = new WeakMap<Described, string | undefined>()

/** Kept, since each channel is compared with all others. */
function shapeOf(channel: Described): string | undefined {
  const { path } = channel
  if (!shapes.has(channel)) shapes.set(channel, pathFault(path) === undefined ? parsePath(path).shape : undefined)
  return shapes.get(channel)
}
