import { type Refusals, refusalsOf } from '../errors/refusals.ts'
import type { Exchange } from '../exchange.ts'
import type { Edge } from './edge.ts'

/** Answers what the edge refuses, and hands on everything else. */
export function guarded(
  answer: (exchange: Exchange) => void,
  edge: Edge,
  refusals: Refusals = refusalsOf(),
): (exchange: Exchange) => void {
  return (exchange) => {
    const refusal = edge.refusal(exchange)
    if (refusal === undefined) answer(exchange)
    else void refusals.reply(exchange, refusal)
  }
}
