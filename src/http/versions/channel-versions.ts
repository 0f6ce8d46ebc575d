import { toList } from '../../kernel/one-or-many.ts'
import { placedAt, type RestChannel } from '../rest-channel.ts'
import { parsePath, pathFault } from '../route/path-pattern.ts'
import type { Route } from '../route/route.ts'
import { inPath, type Versions } from './version-settings.ts'

const numeric = new Intl.Collator('en', { numeric: true })
const placeholder = '{version}'

/** The channel once for each version that it answers; as it is where there are no versions. */
export function versioned(channel: RestChannel): readonly RestChannel[] {
  const { versions: settings, version } = channel.options
  if (settings === undefined || settings === false) return [channel]
  const bySegment = inPath(settings)
  if (bySegment && !channel.path.includes(placeholder)) return [channel]
  const names = [...new Set(namesOf(settings, version))]
  if (names.length === 0) return [channel]
  return names.map((name) => ({
    ...channel,
    ...placedAt(channel.method, bySegment ? channel.path.replaceAll(placeholder, name) : channel.path, channel.options),
    ...(bySegment && { options: withVersion(channel.options, name) }),
    version: { name, settings, inPath: bySegment, declared: version !== undefined, offered: [name] },
  }))
}

function withVersion(options: RestChannel['options'], name: string): RestChannel['options'] {
  if (options.location === undefined) return options
  return { ...options, location: options.location.replaceAll(placeholder, name) }
}

function namesOf(settings: Versions, version: string | readonly string[] | undefined): readonly string[] {
  if (version !== undefined) return toList(version)
  return settings.allowed ?? toList(settings.default)
}

/** The routes, of which each knows the versions that stand beside it. */
export function withOffered<T>(routes: readonly Route<T>[]): Route<T>[] {
  const beside = Map.groupBy(routes, ({ channel }) => (channel.version === undefined ? undefined : addressOf(channel)))
  return routes.map((route) => {
    const { version } = route.channel
    if (version === undefined) return route
    const names = beside.get(addressOf(route.channel))?.flatMap(({ channel }) => channel.version?.name ?? []) ?? []
    const offered = [...new Set(names)].sort(numeric.compare)
    return { ...route, channel: { ...route.channel, version: { ...version, offered } } }
  })
}

function addressOf({ method, path }: RestChannel): string {
  return `${method} ${pathFault(path) === undefined ? parsePath(path).shape : path}`
}
