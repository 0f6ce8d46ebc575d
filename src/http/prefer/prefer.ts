import type { CallState } from '../../kernel/call-state.ts'
import { leaveUnread } from '../../kernel/open-output.ts'
import type { Operation } from '../../kernel/operation.ts'
import { problem } from '../../kernel/problem.ts'
import { Invalid } from '../../schema/invalid.ts'
import type { Exchange, Outgoing } from '../exchange.ts'
import type { Endpoint, Feature, Gate, GateContext } from '../feature.ts'
import { addVary } from '../reply/vary.ts'
import type { RestChannel } from '../rest-channel.ts'
import { readPreferences } from './preferences.ts'

const changing: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** Honours the preferences `return` and `respond-async` (RFC 7240) on channels that say so. */
export const prefer: Feature = {
  gate: (endpoint, context) => {
    const honoured = honouredBy(endpoint.channel)
    return honoured && gateOf(endpoint, context, honoured)
  },
  describe: (operation, channel) => {
    const honoured = honouredBy(channel)
    return honoured === undefined ? operation : described(operation, honoured)
  },
}

interface Honoured {
  readonly return: boolean
  readonly respondAsync: boolean
}

function honouredBy({ method, options }: RestChannel): Honoured | undefined {
  const setting = options.prefer ?? false
  if (setting === false || (method !== '*' && !changing.has(method))) return undefined
  const { return: returns = true, respondAsync = true } = setting === true ? {} : setting
  return returns || respondAsync ? { return: returns, respondAsync } : undefined
}

function gateOf(endpoint: Endpoint, context: GateContext, honoured: Honoured): Gate {
  return (exchange, call, params) => {
    // A channel for every method is for reading, too.
    if (!changing.has(exchange.method)) return undefined
    const { prefer: header } = exchange.headers
    const preferences = typeof header === 'string' ? readPreferences(header) : undefined
    const wanted = honoured.return ? preferences?.get('return')?.toLowerCase() : undefined
    exchange.filter((outgoing) => {
      addVary(outgoing.headers, 'Prefer')
      return wanted === undefined ? outgoing : returned(outgoing, wanted)
    })
    if (!honoured.respondAsync || preferences?.has('respond-async') !== true) return undefined
    return respondAsync(endpoint, context, exchange, call, params)
  }
}

function returned(outgoing: Outgoing, wanted: string): Outgoing {
  const { status, headers, body } = outgoing
  if (status < 200 || status > 299 || status === 202 || body === undefined) return outgoing
  if (wanted === 'representation') {
    headers.push('Preference-Applied', 'return=representation')
    return outgoing
  }
  if (wanted !== 'minimal' || (typeof body === 'object' && !(body instanceof Uint8Array))) return outgoing
  const kept = headers.flatMap((name, at) => {
    const drop = at % 2 === 1 || /^content-(?:type|length|encoding|language)$/i.test(name)
    return drop ? [] : [name, headers[at + 1] as string]
  })
  const empty = status === 200 ? [] : ['Content-Length', '0']
  return {
    status: status === 200 ? 204 : status,
    headers: [...kept, ...empty, 'Preference-Applied', 'return=minimal'],
    body: undefined,
  }
}

/** Answers as soon as the input is known to be good; what the service does then, or fails to do, is logged. */
async function respondAsync(
  { entry, gather }: Endpoint,
  { kernel }: GateContext,
  exchange: Exchange,
  call: CallState,
  params: readonly string[],
): Promise<'answered'> {
  const { raw, placeOf } = await gather(exchange, params, call)
  const checked = await entry.input?.validate(raw, placeOf)
  if (checked instanceof Invalid) throw problem('invalid_input', undefined, { findings: checked.findings })
  const { cid, caller, trace, http } = call
  // Whoever decides by the request who may do what sees it.
  call.afterReply(async () => leaveUnread(await kernel.invoke(entry.service, raw, { cid, caller, trace, http })))
  const headers = ['Content-Length', '0', 'X-Correlation-ID', cid, 'Preference-Applied', 'respond-async']
  await exchange.reply(202, headers, undefined)
  exchange.onFinish(() => kernel.finish(call, true))
  return 'answered'
}

function described(operation: Operation, honoured: Honoured): Operation {
  const values = [
    ...(honoured.return ? ['return=minimal', 'return=representation'] : []),
    ...(honoured.respondAsync ? ['respond-async'] : []),
  ]
  const description = `How the client likes to be answered (RFC 7240): ${values.join(', ')}`
  const { reply, furtherReplies = [], parameters } = operation
  const empty = { headers: ['X-Correlation-ID', 'Preference-Applied'], body: undefined, definitions: {} }
  const known = new Set([reply.status, ...furtherReplies.map(({ status }) => status)])
  const more = [
    ...(honoured.return && reply.status === 200 && reply.body !== undefined ? [204] : []),
    ...(honoured.respondAsync ? [202] : []),
  ]
  return {
    ...operation,
    parameters: [
      ...parameters,
      { name: 'Prefer', in: 'header', required: false, schema: { type: 'string' }, description },
    ],
    furtherReplies: [...furtherReplies, ...more.flatMap((status) => (known.has(status) ? [] : [{ ...empty, status }]))],
  }
}
