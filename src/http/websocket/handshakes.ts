import type { RegisteredService } from '../../kernel/registry.ts'
import type { RestChannel, RestDefaults } from '../rest-channel.ts'
import { completed, sharedSettings } from '../rest-channels.ts'
import type { Route } from '../route/route.ts'
import { versioned } from '../versions/channel-versions.ts'
import { inPath } from '../versions/version-settings.ts'
import { isWebSocketChannel, type WebSocketChannel } from './websocket-channel.ts'

/** A WebSocket channel of a service. */
export interface Declared {
  readonly entry: RegisteredService
  readonly declared: WebSocketChannel
}

/**
 * The handshakes of all WebSocket channels, each with its settings and its path in full: a handshake is a GET, which is
 * routed and whose input is read as for one. Of versions there are those that the path names.
 */
export function handshakes(services: readonly RegisteredService[], defaults: RestDefaults = {}): Route<Declared>[] {
  return services.flatMap((entry) => {
    const base = sharedSettings(entry, defaults)
    return entry.channels.filter(isWebSocketChannel).flatMap((declared) =>
      versioned(handshakeOf(declared, base)).map((channel) => {
        const named = { ...channel, address: `WS ${channel.path}` }
        return { channel: named, service: entry.name, target: { entry, declared } }
      }),
    )
  })
}

function handshakeOf({ path, options, params, address }: WebSocketChannel, base: RestDefaults): RestChannel {
  const channel = completed({ kind: 'rest', method: 'GET', path, options, params, address }, base)
  if (inPath(channel.options.versions)) return channel
  const { version: _version, versions: _versions, ...unversioned } = channel.options
  return { ...channel, options: unversioned }
}
