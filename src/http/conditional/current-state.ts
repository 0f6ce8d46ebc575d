import { CallState } from '../../kernel/call-state.ts'
import type { Guard } from '../../kernel/guard.ts'
import { isProblem, problem } from '../../kernel/problem.ts'
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
 * Reads the state of a resource through the GET channel of its address, for the caller of the call, who has to be let
 * in there, too, and the representation that it accepts; undefined where the channel answers that there is none.
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
    const { guard, choose } = gatesOf(reader, context)
    await assertMayRead(guard, inner, reading)
    await chooseRepresentation(choose, inner, reading)
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

/** What of the gates of a reader is asked, too. */
interface ReaderGates {
  readonly guard: Guard | undefined
  readonly choose: Gate | undefined
}

const readers = new WeakMap<Endpoint, ReaderGates>()

function gatesOf(reader: Endpoint, context: GateContext): ReaderGates {
  const { channel, entry } = reader
  const gates = readers.get(reader) ?? {
    guard: context.guards?.guardOf({ channel, settings: channel.options, entry }, 'uncounted'),
    choose: negotiation.gate?.(reader, context),
  }
  readers.set(reader, gates)
  return gates
}

/** Whoever may change something, but not read it, must not find out by conditions what it is. */
async function assertMayRead(guard: Guard | undefined, inner: Exchange, reading: CallState): Promise<void> {
  try {
    await guard?.(inner, reading)
  } catch (error) {
    const refused = isProblem(error) && (error.status === 401 || error.status === 403)
    throw refused ? problem('forbidden', 'Only those who may read this may ask for it with conditions') : error
  }
}

/** What the client accepts of the reply to its update says also what it has read; otherwise it was the first that there is. */
async function chooseRepresentation(choose: Gate | undefined, inner: Exchange, reading: CallState): Promise<void> {
  try {
    await choose?.(inner, reading, [])
  } catch (error) {
    if (!isProblem(error) || error.code !== 'not_acceptable') throw error
  }
}
