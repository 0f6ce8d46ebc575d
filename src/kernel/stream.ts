import { inputJsonSchema, outputJsonSchema } from '../schema/json-schema.ts'
import type { InferOutput, Schema } from '../schema/schema.ts'
import type { StreamEvent } from './stream-event.ts'

declare const streamed: unique symbol
const brand: symbol = Symbol.for('trestle.stream')

/** What `handle` may return for a stream: anything that gives its items one by one, each as it is or as an event. */
export type Streamed<Item> = AsyncIterable<Item | StreamEvent<Item>> | Iterable<Item | StreamEvent<Item>>

/** By this the compiler tells streams from other outputs. */
export interface StreamMark<Item> {
  readonly [streamed]?: (item: Item) => Item
}

/** The model of an output that comes item by item; made by {@link stream}. */
export interface StreamModel<Item = unknown> extends StreamMark<Item>, Schema<Streamed<Item>, AsyncIterable<Item>> {
  /** The model of each item. */
  readonly items: Schema
}

/**
 * An output that comes item by item: `handle` is a generator, or returns anything else that gives items one by one.
 * What invokes the service gets an async iterable of the items, and the call lasts until that has ended.
 *
 * ```ts
 * const count = service({
 *   name: 'count',
 *   input: z.object({ to: z.int() }),
 *   output: stream(z.object({ n: z.int() })),
 *   on: get('/count'),
 *   handle: async function* ({ input }) {
 *     for (let n = 1; n <= input.to; n++) yield { n }
 *   },
 * })
 * await using app = createApp({ services: [count] })
 * const reply = await app.fetch(new Request('http://localhost/count?to=2'))
 * await reply.text() // => '{"n":1}\n{"n":2}\n'
 * const items = await app.invoke(count, { to: 2 })
 * await Array.fromAsync(items) // => [{ n: 1 }, { n: 2 }]
 * ```
 */
export function stream<M extends Schema>(items: M): StreamModel<InferOutput<M>> {
  const listOf = (schema: object): Record<string, unknown> => {
    const { $defs, ...item } = schema as Record<string, unknown>
    return { type: 'array', items: item, ...($defs !== undefined && { $defs }) }
  }
  const model: StreamModel<InferOutput<M>> = {
    items,
    '~standard': {
      version: 1,
      vendor: 'trestle',
      validate: () => ({ issues: [{ message: 'a stream is an output, and no value' }] }),
      jsonSchema: {
        input: () => listOf(inputJsonSchema(items)),
        output: () => listOf(outputJsonSchema(items)),
      },
    },
  }
  return Object.defineProperty(model, brand, { value: true })
}

/** Whether an output is a stream. */
export function isStreamModel(output: Schema | undefined): output is StreamModel {
  return output !== undefined && brand in output
}
