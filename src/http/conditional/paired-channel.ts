import type { RestChannel } from '../rest-channel.ts'
import { parsePath, pathFault } from '../route/path-pattern.ts'

const updating: ReadonlySet<string> = new Set(['PUT', 'PATCH', 'DELETE'])

/** What of the conditions of a request a channel has to do with. */
type Described = Pick<RestChannel, 'method' | 'path' | 'options'>

/** Whether updates through the channel may depend on the state of the resource. */
export function updatesConditionally({ method, options }: Described): boolean {
  return options.ifMatch !== undefined && updating.has(method)
}

/** Whether the other channel reads what this one updates: a GET of the same path, whatever its parameters are called. */
export function readsSame(channel: Described, other: Described): boolean {
  if (other.method !== 'GET' && other.method !== '*') return false
  const shape = shapeOf(channel.path)
  return shape !== undefined && shape === shapeOf(other.path)
}

/** Which entity tags the successes of a channel carry, where its service sets none. */
export function tagsOf(channel: Described, all: readonly Described[]): 'strong' | 'weak' | 'none' {
  const { etag, cache, cacheControl } = channel.options
  if (etag !== undefined) return etag === 'weak' ? 'weak' : etag ? 'strong' : 'none'
  if (cache || cacheControl) return 'strong'
  return all.some((other) => updatesConditionally(other) && readsSame(other, channel)) ? 'strong' : 'none'
}

function shapeOf(path: string): string | undefined {
  return pathFault(path) === undefined ? parsePath(path).shape : undefined
}
