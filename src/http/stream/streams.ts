import { withoutFieldRules } from '../../kernel/field-rules.ts'
import { detached } from '../describe/self-reference.ts'
import type { Feature } from '../feature.ts'
import { streamFormats } from './stream-format.ts'
import { streamType, typesOf } from './stream-reply.ts'

/** Outputs that come item by item. */
export const streams: Feature = {
  faults: ({ channel: { address, options }, service }) => {
    const { formats, keepAlive = 1, patience = 0 } = options.stream ?? {}
    const faults: string[] = []
    const strangers = formats?.filter((each) => !Object.hasOwn(streamFormats, each)) ?? []
    for (const each of strangers) {
      faults.push(`${address} (${service}) streams as '${each}': give ${Object.keys(streamFormats).join(', ')}`)
    }
    if (formats?.length === 0) faults.push(`${address} (${service}) streams in no format: give 'formats' at least one`)
    if (!(keepAlive > 0))
      faults.push(`the stream.keepAlive of ${address} (${service}) is ${keepAlive}: give milliseconds`)
    if (!(patience >= 0))
      faults.push(`the stream.patience of ${address} (${service}) is ${patience}: give milliseconds`)
    return faults
  },
  // Nothing runs for a client that could not read the answer.
  gate: ({ channel: { options }, entry }) => {
    if (entry.items === undefined) return undefined
    const types = typesOf(options.stream ?? {})
    return (exchange) => void streamType(exchange, types)
  },
  describe: (operation, { options }, { name, items }) => {
    if (items === undefined) return operation
    const json = withoutFieldRules(items.json)
    const { detach, definitions } = detached(json, `${name.split('.').at(-1)}Item`)
    const { $defs: _, ...item } = detach(json)
    const contents = typesOf(options.stream ?? {}).map((type) => {
      if (type === 'application/json') return { type, schema: { type: 'array', items: item } }
      if (type !== 'text/event-stream') return { type, itemSchema: item }
      const data = { type: 'string', contentMediaType: 'application/json', contentSchema: item }
      const texts = { event: { type: 'string' }, id: { type: 'string' }, retry: { type: 'integer', minimum: 0 } }
      return { type, itemSchema: { type: 'object', properties: { data, ...texts }, required: ['data'] } }
    })
    const { reply, problems } = operation
    const refused = { status: 406, codes: ['not_acceptable'] }
    return {
      ...operation,
      reply: { ...reply, status: options.status ?? 200, body: { required: true, contents }, definitions },
      problems: [...problems.filter(({ status }) => status !== 406), refused].sort((a, b) => a.status - b.status),
    }
  },
}
