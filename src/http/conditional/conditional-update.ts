import { CallState } from '../../kernel/call-state.ts'
import { isProblem } from '../../kernel/problem.ts'
import type { Exchange, Filter } from '../exchange.ts'
import type { Endpoint, Gate, GateContext } from '../feature.ts'
import { headerIn } from '../reply/header-list.ts'
import type { Match } from '../route/router.ts'
import { type CurrentState, currentState } from './current-state.ts'
import { entityTag } from './entity-tag.ts'
import { checkPrecondition, isConditional, requirePrecondition } from './precondition.ts'
import { type TakeTurn, turns } from './turns.ts'

/**
 * Compiles how updates through a channel depend on the state of the resource. Updates of one address take turns
 * within the process, so that of two with one ETag only the first succeeds; where nobody has asked for that, only those
 * with conditions do.
 */
export function conditionalUpdate(conditions: 'required' | 'optional' | 'unasked', context: GateContext): Gate {
  const guard = async (exchange: Exchange, call: CallState): Promise<undefined> => {
    const reader = readerOf(exchange)
    if (reader === undefined) return undefined
    const endTurn = await takeTurn(reader)
    exchange.filter((outgoing) => {
      // What is only accepted has not been done.
      if (outgoing.status === 202 && CallState.hasMore(call)) CallState.own(call, endTurn)
      else endTurn()
      return outgoing
    })
    if (!isConditional(exchange.headers)) return undefined
    const current = await stateBefore(reader, exchange, call)
    checkPrecondition(exchange.method, exchange.headers, current)
    exchange.filter(stateAfter(reader, exchange, call))
    return undefined
  }

  /** The GET of the address, in the version that the request is for. */
  const readerOf = ({ path, version }: Exchange): Match<Endpoint> | undefined => {
    const table = context.table()
    const found = table.find('GET', path)
    if (found === undefined || version === undefined) return found
    return { ...found, target: table.version?.('GET', found.target, version) ?? found.target }
  }

  const stateBefore = async (
    reader: Match<Endpoint>,
    exchange: Exchange,
    call: CallState,
  ): Promise<CurrentState | undefined> => {
    try {
      return await currentState(reader, context, exchange, call)
    } catch (error) {
      // A PUT may make what is not there; to other methods the missing resource itself is the answer.
      const missing = isProblem(error) && (error.status === 404 || error.status === 410)
      if (missing && exchange.method === 'PUT') return undefined
      throw error
    }
  }

  /** Gives the reply the new ETag where it holds what a GET would now answer. */
  const stateAfter =
    (reader: Match<Endpoint>, exchange: Exchange, call: CallState): Filter =>
    async (outgoing) => {
      const { status, headers, body } = outgoing
      if ((status !== 200 && status !== 201) || !isWhole(body) || headerIn(headers, 'etag') !== undefined) {
        return outgoing
      }
      const now = await currentState(reader, context, exchange, call).catch(() => undefined)
      if (now?.etag === undefined || !isWhole(now.body) || entityTag(now.body) !== entityTag(body)) return outgoing
      return { ...outgoing, headers: [...headers, 'ETag', now.etag] }
    }

  return (exchange, call) => {
    if (conditions === 'required') requirePrecondition(exchange.headers)
    if (conditions === 'unasked' && !isConditional(exchange.headers)) return undefined
    return guard(exchange, call)
  }
}

const turnsOf = new WeakMap<Endpoint, TakeTurn>()

/** The turns of all updates of what one channel reads, by its parameters. */
function takeTurn({ target, params }: Match<Endpoint>): Promise<() => void> {
  const known = turnsOf.get(target) ?? turns()
  turnsOf.set(target, known)
  return known(JSON.stringify(params))
}

function isWhole(body: unknown): body is string | Uint8Array {
  return typeof body === 'string' || body instanceof Uint8Array
}
