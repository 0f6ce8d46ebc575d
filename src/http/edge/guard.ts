import { type Refusals, refusalsOf } from '../errors/refusals.ts'
import type { Exchange } from '../exchange.ts'
import { withPrefixedLinks } from '../mount/prefixed-links.ts'
import type { Edge } from './edge.ts'

/** Answers what the edge refuses, and hands on everything else. */
export function guarded(
  answer: (exchange: Exchange) => void,
  edge: Edge,
  refusals: Refusals = refusalsOf(),
): (exchange: Exchange) => void {
  return (exchange) => {
    // What a trusted proxy has taken from the path, clients need in front of the paths that they are sent.
    if (edge.trusts && exchange.prefix !== '') {
      const { prefix } = exchange
      exchange.filter((outgoing) => withPrefixedLinks(outgoing, prefix))
    }
    const refusal = edge.refusal(exchange)
    if (refusal === undefined) answer(exchange)
    else void refusals.reply(exchange, refusal)
  }
}
