import type { Service } from '../kernel/service.ts'
import { isBuiltIn } from '../kernel/service-names.ts'
import { mergedSettings } from './merged-settings.ts'
import { withCreated } from './reply/location.ts'
import { withSuffixes } from './represent/format-suffix.ts'
import { isRestChannel, placedAt, type RestChannel, type RestDefaults } from './rest-channel.ts'
import { prefixed } from './route/prefix.ts'
import type { Route } from './route/route.ts'
import { versioned, withOffered } from './versions/channel-versions.ts'

/** A service with its name. */
interface Named {
  readonly name: string
  readonly service: Service
}

/**
 * The REST channels of all services, each with its settings and its path in full, and one for each version of the API
 * that it answers.
 */
export function restChannels<T extends Named>(services: readonly T[], defaults: RestDefaults = {}): Route<T>[] {
  const routes = services.flatMap((entry) => {
    const { name, service } = entry
    const base = sharedSettings(entry, defaults)
    return service.channels
      .filter(isRestChannel)
      .flatMap((channel) => versioned(completed(channel, base)))
      .map((channel): Route<T> => ({ channel, service: name, target: entry }))
  })
  return withOffered(withSuffixes(routes))
}

/** What a service's app and bases say for all of its channels. */
export function sharedSettings({ name, service }: Named, defaults: RestDefaults): RestDefaults {
  // What Trestle itself serves stays where monitors and readers look for it, and open to them.
  const { security: _security, allow: _allow, limit: _limit, idempotent: _idempotent, ...open } = defaults
  const { prefix: _prefix, versions: _versions, deprecated: _deprecated, formatSuffix: _suffix, ...unplaced } = open
  return service.channelDefaults
    .filter((each) => each.kind === 'rest')
    .reduce((outer: RestDefaults, each) => mergedSettings(outer, each.defaults), isBuiltIn(name) ? unplaced : defaults)
}

/** The channel with what its base and its app say. */
export function completed(channel: RestChannel, base: RestDefaults): RestChannel {
  const options = withCreated(channel.method, mergedSettings(base, channel.options))
  const path = channel.options.prefix === false ? channel.path : prefixed(base.prefix, channel.path)
  return { ...channel, options, ...placedAt(channel.method, path, options) }
}
