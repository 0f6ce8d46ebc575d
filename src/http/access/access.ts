import { whenReady } from '../../kernel/chain.ts'
import type { Entrance } from '../../kernel/guard.ts'
import type { RegisteredService } from '../../kernel/registry.ts'
import { asksTheCall } from '../../kernel/rule.ts'
import { withCodes } from '../describe/operation-problems.ts'
import type { Feature } from '../feature.ts'
import type { RestChannel } from '../rest-channel.ts'

/**
 * Who may call, and how often: asked in front of everything that looks at the request more closely, so that whoever may
 * not call learns nothing of what the channel takes.
 */
export const access: Feature = {
  handshakes: true,
  faults: ({ channel, target }, { guards }) => [
    ...(guards?.faultsOf(entranceOf(channel, target)) ?? []),
    ...sharingFaults(channel, target),
  ],
  gate: ({ channel, entry }, { guards }) => {
    const guard = guards?.guardOf(entranceOf(channel, entry))
    if (guard === undefined) return undefined
    return (exchange, call) => {
      const passing = guard(exchange, call)
      return passing && whenReady(passing, (passed) => (passed === 'dropped' ? 'answered' : undefined))
    }
  },
  describe: (operation, channel, entry, _services, _routes, guards) => {
    const described = guards?.describe(entranceOf(channel, entry))
    if (described === undefined) return operation
    const { security, problems, headers } = described
    const { reply } = operation
    return {
      ...operation,
      ...(security !== undefined && { security }),
      problems: withCodes(operation.problems, problems).map((each) =>
        each.status === 429 && headers.length > 0 ? { ...each, headers } : each,
      ),
      ...(headers.length > 0 && { reply: { ...reply, headers: [...reply.headers, ...headers] } }),
    }
  },
}

/** What is kept for all callers may not be made for one of them. */
function sharingFaults(
  channel: RestChannel,
  { name, byCaller, service: { allow } }: RegisteredService,
): readonly string[] {
  const { cache } = channel.options
  const shared = cache ? cache.shared : false
  if (shared !== true) return []
  const differs = [
    ...(byCaller ? ['not all of them may see each member'] : []),
    // A reply that is kept asks no service, nor what it says of the call.
    ...(allow !== undefined && asksTheCall(allow) ? [`a function in 'allow' decides which of them may have it`] : []),
  ]
  return differs.map(
    (each) =>
      `${channel.address} (${name}) keeps one reply for all callers, but ${each}: leave 'shared' out of its cache`,
  )
}

function entranceOf(channel: RestChannel, entry: RegisteredService): Entrance {
  return { channel, settings: channel.options, entry }
}
