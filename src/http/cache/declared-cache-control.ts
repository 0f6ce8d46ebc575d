import type { Outgoing } from '../exchange.ts'
import type { Feature } from '../feature.ts'
import { headerIn } from '../reply/header-list.ts'
import { headerFault } from '../reply/reply-header.ts'
import { cacheControlFaults, cacheControlText } from './cache-control.ts'

const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'QUERY'])

/** The `Cache-Control` that a channel declares (RFC 9111, 5.2.2), and `no-store` for its problems. */
export const declaredCacheControl: Feature = {
  faults: ({ channel, service }) => {
    const { cacheControl } = channel.options
    if (!cacheControl) return []
    const faults = [...cacheControlFaults(cacheControl), ...textFault(cacheControlText(cacheControl))]
    return faults.map((fault) => `the cacheControl of ${channel.address} (${service}) ${fault}`)
  },
  gate: ({ channel }) => {
    const { cacheControl, cache } = channel.options
    if (!cacheControl && !cache) return undefined
    const declared = cacheControl ? cacheControlText(cacheControl) : undefined
    return (exchange) => {
      const success = reading.has(exchange.method) ? declared : undefined
      exchange.filter((outgoing) => controlled(outgoing, exchange.failed ? 'no-store' : success))
      return undefined
    }
  },
  describe: (operation, { options, method }) => {
    if (!options.cacheControl || (method !== '*' && !reading.has(method))) return operation
    const { reply } = operation
    const header = {
      name: 'Cache-Control',
      description: 'How long, and by whom, the reply may be kept',
      schema: { type: 'string', examples: [cacheControlText(options.cacheControl)] },
    } as const
    return { ...operation, reply: { ...reply, headers: [...reply.headers, header] } }
  },
}

function controlled(outgoing: Outgoing, value: string | undefined): Outgoing {
  if (value === undefined || headerIn(outgoing.headers, 'cache-control') !== undefined) return outgoing
  outgoing.headers.push('Cache-Control', value)
  return outgoing
}

function textFault(text: string): string[] {
  const fault = headerFault('Cache-Control', text)
  return fault === undefined ? [] : [`cannot be sent (${fault}): change it`]
}
