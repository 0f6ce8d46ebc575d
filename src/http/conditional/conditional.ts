import type { Feature } from '../feature.ts'
import { conditionalReply } from './conditional-reply.ts'
import { conditionalUpdate } from './conditional-update.ts'
import { describeConditional } from './describe-conditional.ts'
import { asksForConditions, conditionsOf, readsSame, tagsOf } from './paired-channel.ts'

/** Conditional requests (RFC 9110, 13): 304 for what a client has already, 412 and 428 for updates. */
export const conditional: Feature = {
  faults: ({ channel, service }, { routes }) => {
    if (!asksForConditions(channel) || routes.some((other) => readsSame(channel, other.channel))) return []
    return [`${channel.address} (${service}) has ifMatch, but no GET has its path: add one, or remove ifMatch`]
  },
  gate: (endpoint, context) => {
    const { channel } = endpoint
    const channels = context.routes.map((route) => route.channel)
    const conditions = conditionsOf(channel, channels)
    if (conditions !== undefined) return conditionalUpdate(conditions, context)
    if (channel.method !== 'GET' && channel.method !== 'QUERY' && channel.method !== 'HEAD' && channel.method !== '*') {
      return undefined
    }
    const tags = tagsOf(channel, channels)
    // Without tags a service may still set validators of its own; they count where the setting is not false.
    if (tags === 'none') return undefined
    return (exchange) => {
      if (reading.has(exchange.method)) exchange.filter(conditionalReply(exchange, tags))
      return undefined
    }
  },
  describe: describeConditional,
}

const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'QUERY'])
