import type { Outgoing } from '../exchange.ts'
import type { Feature, GateContext } from '../feature.ts'
import { consumed } from '../forms/body-member.ts'
import { acceptHeaders } from './accept-headers.ts'
import { readersOf } from './body-readers.ts'

/** Lets the automatic answer to OPTIONS say what the methods of the path take. */
export const acceptedTypes: Feature = {
  miss: (context) => (exchange) => {
    const { method, path } = exchange
    if (method === 'OPTIONS') exchange.filter((outgoing) => withTypes(outgoing, path, context))
    return undefined
  },
}

function withTypes(outgoing: Outgoing, path: string, context: GateContext): Outgoing {
  if (outgoing.status !== 204) return outgoing
  const table = context.table()
  for (const [method, header] of Object.entries(acceptHeaders)) {
    const endpoint = table.find(method, path)?.target
    if (endpoint === undefined || endpoint.entry.input === undefined) continue
    const { channel, entry } = endpoint
    const types = readersOf(consumed(entry.input, channel.options.consumes)).flatMap((reader) => reader.types)
    if (types.length > 0) outgoing.headers.push(header, types.join(', '))
  }
  return outgoing
}
