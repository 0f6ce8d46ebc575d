import type { RestDefaults } from '../http/rest-channel.ts'
import { restChannels } from '../http/rest-channels.ts'
import { handshakes } from '../http/websocket/handshakes.ts'
import type { RegisteredService } from '../kernel/registry.ts'

/** A channel, as an app has it. */
export interface AppRoute {
  /** `ANY` for all methods, `WS` for WebSocket. */
  readonly method: string
  /** The template with all prefixes, such as `/shops/{shop}/items/{id}`. */
  readonly path: string
  /** Where versions stand side by side. */
  readonly version?: string
  /** The name of the service. */
  readonly service: string
}

/** The channels of an app, each once for each version that it answers. */
export function routesOf(services: readonly RegisteredService[], defaults: RestDefaults): readonly AppRoute[] {
  const rest = restChannels(services, defaults)
  return [...rest, ...handshakes(services, defaults)].map(({ channel: { address, version }, service }) => {
    const [method = '', ...path] = address.split(' ')
    return { method, path: path.join(' '), ...(version !== undefined && { version: version.name }), service }
  })
}
