import type { Service } from '../../kernel/service.ts'
import { isStreamModel } from '../../kernel/stream.ts'
import type { RestChannel } from '../rest-channel.ts'
import { parsePath, pathFault } from '../route/path-pattern.ts'
import type { Route } from '../route/route.ts'

/** The names of formats that can stand behind the path of a channel, each once. */
export function suffixesOf({ options, method, path }: RestChannel, { output }: Service): readonly string[] {
  const hasContent = (output !== undefined && !isStreamModel(output)) || options.envelope === 'meta'
  if (options.formatSuffix !== true || method !== 'GET' || path.endsWith('/') || !hasContent) return []
  const names = (options.produces ?? []).map((each) => (typeof each === 'string' ? each : each.name))
  return [...new Set(names)].filter((name) => !name.includes('/') && pathFault(`${path}.${name}`) === undefined)
}

/**
 * The routes, and one for each of their suffixes, which replies in that format whatever Accept says. A channel that is
 * declared where a suffix would be stands in its place.
 */
export function withSuffixes<T extends { readonly service: Service }>(routes: readonly Route<T>[]): Route<T>[] {
  if (!routes.some(({ channel }) => channel.options.formatSuffix === true)) return [...routes]
  const taken = new Set(routes.map(({ channel }) => placeOf(channel)))
  return routes.flatMap((route) => {
    const suffixed = suffixesOf(route.channel, route.target.service).map((name) => inFormat(route.channel, name))
    const free = suffixed.filter(
      (channel) => !taken.has(placeOf(channel)) && !taken.has(placeOf({ ...channel, method: '*' })),
    )
    return [route, ...free.map((channel) => ({ ...route, channel }))]
  })
}

function inFormat(channel: RestChannel, name: string): RestChannel {
  const { options, method } = channel
  const path = `${channel.path}.${name}`
  const produces = (options.produces ?? []).filter((each) => (typeof each === 'string' ? each : each.name) === name)
  const { formatSuffix: _suffix, formatParameter: _parameter, ...kept } = options
  return {
    ...channel,
    path,
    address: `${method} ${path}`,
    options: { ...kept, produces, accept: 'ignore', hidden: true },
  }
}

function placeOf({ method, path, version }: Pick<RestChannel, 'method' | 'path' | 'version'>): string {
  return [method, pathFault(path) === undefined ? parsePath(path).shape : path, version?.name].join(' ')
}
