import type { OperationHeader } from '../../kernel/operation.ts'
import type { Feature } from '../feature.ts'
import type { RestChannel } from '../rest-channel.ts'
import { cacheFaults } from './cache-fault.ts'
import { cachedReply } from './cached-reply.ts'
import { invalidation } from './invalidation.ts'

const headers: readonly OperationHeader[] = [
  {
    name: 'X-Cache',
    description: '`Hit` for a kept reply, `Stale` for one whose time is over, `Miss` or `Bypass` for a new one',
  },
  { name: 'Age', description: 'How many seconds ago a kept reply was made', schema: { type: 'integer', minimum: 0 } },
]

/** Drops kept replies where something may have changed (RFC 9111, 4.4). */
export const cacheInvalidation: Feature = {
  gate: (endpoint, context) => {
    const { channel } = endpoint
    const drops =
      channel.options.invalidates !== undefined || context.routes.some((route) => route.channel.options.cache)
    return drops && changes(channel) ? invalidation(endpoint, context) : undefined
  },
}

/** The cache for replies (RFC 9111): channels answer from it. */
export const responseCaching: Feature = {
  faults: ({ channel, service }) => {
    return cacheFaults(channel.options).map((fault) => `${channel.address} (${service}) ${fault}`)
  },
  gate: (endpoint, context) => {
    const { channel } = endpoint
    const { cache } = channel.options
    return cache && answersFromCache(channel) ? cachedReply(endpoint, cache, context) : undefined
  },
  describe: (operation, channel) => {
    if (!channel.options.cache || !answersFromCache(channel)) return operation
    const { reply } = operation
    return { ...operation, reply: { ...reply, headers: [...reply.headers, ...headers] } }
  },
}

function answersFromCache({ method, options: { cache } }: RestChannel): boolean {
  if (!cache) return false
  return method === 'GET' || method === 'QUERY' || method === '*' || (method === 'POST' && cache.body === true)
}

/** Whether successes of the channel may have changed something; a POST whose replies are kept is a question. */
function changes(channel: RestChannel): boolean {
  if (channel.method === 'POST') return !answersFromCache(channel)
  return ['PUT', 'PATCH', 'DELETE', '*'].includes(channel.method)
}
