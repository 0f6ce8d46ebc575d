import { type Problem, problem } from '../../kernel/problem.ts'
import type { Exchange, Filter } from '../exchange.ts'
import type { Feature, Gate } from '../feature.ts'
import { addVary } from '../reply/vary.ts'
import type { RestChannel } from '../rest-channel.ts'
import { parseAccept, rangeFor } from './accept.ts'
import { type Chosen, choose } from './chosen.ts'
import { describeRepresentations } from './describe-representations.ts'
import { representationFaults } from './representation-fault.ts'
import { negotiates, type Representation, representationsOf } from './representations.ts'

/** So many different Accept headers of a channel are remembered: browsers and libraries send few. */
const most = 100
/** What is longer is worked out each time, in characters. */
const longest = 300

/** Chooses the representation of the reply before the service runs (RFC 9110, 12.5.1). */
export const negotiation: Feature = {
  faults: ({ channel, target }) => representationFaults(channel, target),
  gate: ({ channel, entry }) => {
    const all = representationsOf(channel, entry)
    if (!negotiates(channel, entry, all)) return undefined
    const byHeader = byAccept(all, channel.options.accept)
    if (all.length === 1 && channel.options.formatParameter === undefined) return byHeader
    return varying(byFormat(all, channel.options.formatParameter, byHeader))
  },
  describe: describeRepresentations,
}

function byAccept(all: readonly Representation[], policy: RestChannel['options']['accept'] = 'strict'): Gate {
  const known = new Map<string, Chosen | undefined>()
  return (exchange) => {
    const accept = exchange.headers.accept
    if (policy === 'ignore' || typeof accept !== 'string' || accept === '*/*' || accept === '') return undefined
    let choice = known.get(accept)
    if (choice === undefined && !known.has(accept)) {
      choice = bestOf(all, accept)
      if (accept.length <= longest && known.size < most) known.set(accept, choice)
    }
    if (choice === undefined) {
      if (policy === 'lenient') return undefined
      throw notAcceptable(exchange, all)
    }
    if (choice.representation !== all[0] || choice.parameters !== none) choose(exchange, choice)
    return undefined
  }
}

const none: Readonly<Record<string, string>> = Object.freeze({})

/** What the client wants most, of equals the first; undefined when it wants none of all. */
function bestOf(all: readonly Representation[], accept: string): Chosen | undefined {
  const ranges = parseAccept(accept)
  if (ranges.length === 0 && all[0] !== undefined) return { representation: all[0], parameters: none }
  let best: Chosen | undefined
  let highest = 0
  for (const representation of all) {
    const range = rangeFor(representation.type, ranges)
    if (range === undefined || range.quality <= highest) continue
    highest = range.quality
    best = { representation, parameters: Object.keys(range.parameters).length === 0 ? none : range.parameters }
  }
  return best
}

function byFormat(all: readonly Representation[], parameter: string | undefined, otherwise: Gate): Gate {
  if (parameter === undefined) return otherwise
  const byName = new Map(all.toReversed().map((each) => [each.name, each]))
  return (exchange, call, params) => {
    const name = exchange.query === '' ? null : new URLSearchParams(exchange.query).get(parameter)
    if (name === null) return otherwise(exchange, call, params)
    const representation = byName.get(name)
    if (representation === undefined) {
      const names = [...byName.keys()].reverse().join(' or ')
      throw problem('not_acceptable', `There is no format of this name; ${parameter} can be ${names}`, {
        headers: { Link: alternates(exchange, all) },
      })
    }
    choose(exchange, { representation, parameters: none })
    return undefined
  }
}

function varying(gate: Gate): Gate {
  return (exchange, call, params) => {
    exchange.filter(varyByAccept)
    return gate(exchange, call, params)
  }
}

const varyByAccept: Filter = (outgoing) => {
  addVary(outgoing.headers, 'Accept')
  return outgoing
}

function notAcceptable(exchange: Exchange, all: readonly Representation[]): Problem {
  const types = all.map(({ type }) => type.essence)
  return problem('not_acceptable', `The reply can be ${types.join(' or ')}`, {
    headers: { Link: alternates(exchange, all) },
    params: { available: types.join(', ') },
  })
}

/** The representations that there are, for programs to choose from (RFC 8288; RFC 9110, 15.5.7). */
function alternates({ path }: Exchange, all: readonly Representation[]): string {
  return all
    .map(({ type }) => `<${path.replace(/[<>]/g, encodeURIComponent)}>; rel="alternate"; type="${type.essence}"`)
    .join(', ')
}
