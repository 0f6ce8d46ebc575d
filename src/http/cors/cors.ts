import type { Exchange } from '../exchange.ts'
import type { Feature, GateContext, Passed } from '../feature.ts'
import type { RestChannel } from '../rest-channel.ts'
import { type CorsPolicy, corsPolicy, shareWith, textOf } from './policy.ts'
import { corsFault } from './settings.ts'

/**
 * CORS (Fetch standard): answers preflights in front of everything else, and marks each reply, also a refusal, for the
 * pages that may read it.
 */
export const cors: Feature = {
  faults: ({ channel, service }) => {
    const fault = corsFault(channel.options.cors)
    return fault === undefined ? [] : [`the 'cors' of ${channel.address} (${service}) ${fault}`]
  },
  gate: ({ channel }, context) => {
    const policy = policyFor(channel)
    if (channel.method === 'OPTIONS') return (exchange) => answerPreflight(exchange, context) ?? mark(exchange, policy)
    return policy && ((exchange) => mark(exchange, policy))
  },
  miss: (context) => {
    const policy = corsPolicy(context.defaults.cors)
    return (exchange) => answerPreflight(exchange, context) ?? mark(exchange, policyOf(exchange, context) ?? policy)
  },
}

const policies: WeakMap<RestChannel, CorsPolicy | undefined> = new WeakMap()

function policyFor(channel: RestChannel | undefined): CorsPolicy | undefined {
  if (channel === undefined) return undefined
  if (!policies.has(channel)) policies.set(channel, corsPolicy(channel.options.cors))
  return policies.get(channel)
}

function mark(exchange: Exchange, policy: CorsPolicy | undefined): Passed {
  shareWith(exchange, policy)
  return undefined
}

function answerPreflight(exchange: Exchange, context: GateContext): Passed {
  const { headers, path, cid } = exchange
  const origin = textOf(headers.origin)
  const method = textOf(headers['access-control-request-method'])
  if (exchange.method !== 'OPTIONS' || origin === undefined || method === undefined) return undefined
  const table = context.table()
  const policy = policyFor(table.find(method, path)?.target.channel)
  const answered = table.allowed(path)
  // Nothing is served there, or not to other origins: the plain answer has no permission in it.
  if (policy === undefined) return undefined
  const permission = policy.permit({
    origin,
    headers: textOf(headers['access-control-request-headers']),
    privateNetwork: headers['access-control-request-private-network'] === 'true',
    answered,
  })
  exchange.reply(204, ['Allow', answered.join(', '), 'X-Correlation-ID', cid, ...permission], undefined)
  return 'answered'
}

/** The policy of what is served at a path by another method than was asked for. */
function policyOf({ path }: Exchange, context: GateContext): CorsPolicy | undefined {
  const table = context.table()
  for (const method of table.allowed(path)) {
    const policy = policyFor(table.find(method, path)?.target.channel)
    if (policy !== undefined) return policy
  }
  return undefined
}
