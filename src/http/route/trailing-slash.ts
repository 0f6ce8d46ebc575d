import type { Feature } from '../feature.ts'
import { redirectTo } from '../reply/redirect-to.ts'
import { slashCounts } from './slash-check.ts'

const policies: readonly unknown[] = [undefined, 'match', 'redirect', 'strict']

/** Sends clients to the declared form of a path, when theirs differs by a slash at its end. */
export const trailingSlash: Feature = {
  faults: ({ channel, service }) => {
    const { trailingSlash: policy } = channel.options
    if (policies.includes(policy)) return []
    return [`the trailingSlash of ${channel.address} (${service}) is '${policy}': use match, redirect or strict`]
  },
  gate: ({ channel }) => {
    if (channel.options.trailingSlash !== 'redirect' || !slashCounts(channel)) return undefined
    const declared = channel.path.endsWith('/')
    return (exchange) => {
      const { path } = exchange
      if (path === '/' || path.endsWith('/') === declared) return undefined
      const form = declared ? `${path}/` : path.slice(0, -1)
      return redirectTo(exchange, 308, `${form}${exchange.url.slice(path.length)}`)
    }
  },
}
