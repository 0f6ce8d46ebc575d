import type { RegisteredService } from '../../kernel/registry.ts'
import { mergedSettings } from '../merged-settings.ts'
import { isRestChannel, type RestDefaults } from '../rest-channel.ts'

/** Finds the settings that hold for a path at which nothing is served. */
export type MissSettings<T> = (path: string) => T

/**
 * Compiles what holds where no channel answers: the settings of the group with the longest prefix that the path is
 * below, else those of the app. `compile` is asked once for each of them.
 */
export function missSettings<T>(
  services: readonly RegisteredService[],
  defaults: RestDefaults,
  compile: (settings: RestDefaults) => T,
): MissSettings<T> {
  const ofApp = compile(defaults)
  const groups = new Map<string, T>()
  const add = (settings: RestDefaults): RestDefaults => {
    const prefix = (settings.prefix || '').replace(/\/$/, '')
    if (prefix !== '' && !groups.has(prefix)) groups.set(prefix, compile(settings))
    return settings
  }
  for (const { service } of services) {
    const shared = service.channelDefaults.filter((each) => each.kind === 'rest')
    const base = shared.reduce((outer, each) => add(mergedSettings(outer, each.defaults)), defaults)
    // The layers of a group hold all that is around them in the group, but not what is around the group.
    const layers = service.channels.filter(isRestChannel).flatMap((channel) => channel.groups ?? [])
    for (const layer of new Set(layers)) add(mergedSettings(base, layer))
  }
  if (groups.size === 0) return () => ofApp
  const longestFirst = [...groups].sort(([a], [b]) => b.length - a.length)
  const known = longestFirst.map(([prefix, value]) => [prefix.split('/'), value] as const)
  return (path) => {
    const parts = path.split('/')
    return known.find(([prefix]) => prefix.every((part, at) => fits(part, parts[at])))?.[1] ?? ofApp
  }
}

function fits(part: string, sent: string | undefined): boolean {
  return part === sent || (part.includes('{') && sent !== undefined && sent !== '')
}
