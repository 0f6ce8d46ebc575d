import { CallState } from '../../kernel/call-state.ts'
import { isProblem } from '../../kernel/problem.ts'
import type { Exchange, Outgoing } from '../exchange.ts'
import type { Endpoint, Gate, GateContext } from '../feature.ts'
import { discard } from '../reply/discard.ts'
import { headerIn } from '../reply/header-list.ts'
import { negotiation } from '../represent/negotiation.ts'
import type { Match } from '../route/router.ts'
import { tagged } from './conditional-reply.ts'
import { InnerExchange } from './inner-exchange.ts'
import type { Validators } from './precondition.ts'

/** What is read of a resource now: its validators, and the representation that they are of. */
export interface CurrentState extends Validators {
  readonly body: Outgoing['body']
}

/**
 * Reads the state of a resource through the GET channel of its address, for the caller of the call and the
 * representation that it accepts; undefined where the channel answers that there is none.
 *
 * @throws Problem whatever the channel raises
 */
export async function currentState(
  { target: reader, params }: Match<Endpoint>,
  context: GateContext,
  exchange: Exchange,
  call: CallState,
): Promise<CurrentState | undefined> {
  const inner = new InnerExchange(exchange, call.caller)
  const { kernel } = context
  const reading = kernel.begin(reader.entry, inner)
  try {
    await chooseRepresentation(reader, context, inner, reading)
    await reader.serve(inner, reading, params)
  } catch (error) {
    if (CallState.hasMore(reading)) kernel.finish(reading, false)
    throw error
  }
  const { sent } = inner
  if (sent === undefined || sent.status < 200 || sent.status > 299) return undefined
  const etag = tagged(sent, reader.channel.options.etag === 'weak' ? 'weak' : 'strong')
  discard(sent.body)
  return { etag, lastModified: headerIn(sent.headers, 'last-modified'), body: sent.body }
}

const choosers = new WeakMap<Endpoint, { readonly gate: Gate | undefined }>()

/** What the client accepts of the reply to its update says also what it has read; otherwise it was the first that there is. */
async function chooseRepresentation(
  reader: Endpoint,
  context: GateContext,
  inner: InnerExchange,
  reading: CallState,
): Promise<void> {
  const chooser = choosers.get(reader) ?? { gate: negotiation.gate?.(reader, context) }
  choosers.set(reader, chooser)
  try {
    await chooser.gate?.(inner, reading, [])
  } catch (error) {
    if (!isProblem(error) || error.code !== 'not_acceptable') throw error
  }
}
