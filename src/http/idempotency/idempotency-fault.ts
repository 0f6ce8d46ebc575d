import type { RegisteredService } from '../../kernel/registry.ts'
import type { RestApp } from '../feature.ts'
import { isRestChannel } from '../rest-channel.ts'
import type { Route } from '../route/route-table.ts'
import { isWebSocketChannel } from '../websocket/websocket-channel.ts'
import { idempotencyOf } from './idempotent-channel.ts'

/** What is wrong with how a channel is to do calls once, as whole sentences that say how to mend it. */
export function idempotencyFaults(route: Route<RegisteredService>, { idempotency }: RestApp): readonly string[] {
  const { channel, service, target } = route
  const options = idempotencyOf(channel)
  const name = `${channel.address} (${service})`
  if (options === undefined) {
    return saysSo(route)
      ? [`${name} has 'idempotent', but changes nothing that could be done twice: leave it out, or use another method`]
      : []
  }
  const { expiry, maxBytes } = options
  const faults: string[] = []
  if (target.items !== undefined) {
    faults.push(
      `${name} is idempotent, but its output is a stream, which cannot be kept: give it 'idempotent: false', or another output`,
    )
  }
  if (!(expiry > 0 && Number.isFinite(expiry))) {
    faults.push(`the idempotent.expiry of ${name} is ${expiry}: give a number of seconds above 0`)
  }
  if (!(maxBytes >= 0)) faults.push(`the idempotent.maxBytes of ${name} is ${maxBytes}: give a number of bytes`)
  if (idempotency === undefined) faults.push(`${name} is idempotent, but there is no store for its replies: give one`)
  return faults
}

/** Whether the channel itself has the setting, and not only what is around it. */
function saysSo({ channel, target }: Route<RegisteredService>): boolean {
  return target.service.channels.some((each) => {
    if (!isRestChannel(each) && !isWebSocketChannel(each)) return false
    const method = isRestChannel(each) ? each.method : 'GET'
    const { idempotent = false } = each.options
    const isOwn = idempotent !== false && idempotent !== each.groups?.at(-1)?.idempotent
    return isOwn && method === channel.method && channel.path.endsWith(each.path)
  })
}
