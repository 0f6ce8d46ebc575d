import type { RegisteredService } from '../../kernel/registry.ts'
import { cors } from '../cors/cors.ts'
import type { RestApp } from '../feature.ts'
import { idempotency } from '../idempotency/idempotency.ts'
import { placement } from '../route/placement.ts'
import type { Route } from '../route/route.ts'
import { defaults, type Settings } from './socket-settings.ts'
import { isWebSocketChannel } from './websocket-channel.ts'

/** What is wrong with a WebSocket channel, as whole sentences that say how to mend it. */
export function socketFaults(route: Route<RegisteredService>, settings: Settings, app: RestApp): readonly string[] {
  const channel = `${route.channel.address} (${route.service})`
  const numbers = [...Object.keys(defaults), 'messageRate', 'connectionLimit'] as (keyof Settings)[]
  return [
    ...[placement, cors, idempotency].flatMap(({ faults }) => faults?.(route, app) ?? []),
    ...(route.target.items === undefined
      ? [`${channel} sends messages: give it an 'output' that is a stream(...)`]
      : []),
    ...numbers.flatMap((name) => {
      const value = settings[name]
      const isWrong = value !== undefined && typeof value !== 'string' && !(Number(value) > 0)
      return isWrong ? [`the ${name} of ${channel} is ${String(value)}: give a number above 0`] : []
    }),
  ]
}

/** Messages reach a service on no other channel. */
export function messageFaults({ name, incoming, channels }: RegisteredService): readonly string[] {
  if (incoming === undefined) return []
  const others = channels.filter((each) => !isWebSocketChannel(each))
  return others.map(
    ({ address }) => `${address} (${name}) carries no messages of clients, but the service has 'incoming'`,
  )
}
