// What the compiler says of streams and of the messages of clients; see service-proofs.ts.
import { event, type InferOutput, type Service, service, stream } from 'trestle'
import { z } from 'zod'
import { type Equal, proves } from './equal.ts'

const Price = z.object({ symbol: z.string(), kind: z.enum(['bid', 'ask']) })
type Price = z.infer<typeof Price>

export const generated = service({
  input: z.object({ symbol: z.string() }),
  output: stream(Price),
  handle: async function* ({ input, signal }) {
    while (!signal.aborted) yield { symbol: input.symbol, kind: 'bid' }
  },
})
// Callers get the items, whatever the handler gives them in.
proves<Equal<typeof generated, Service<{ symbol: string }, AsyncIterable<Price>>>>(true)

export const synchronous = service({
  output: stream(Price),
  handle: function* () {
    yield { symbol: 'A', kind: 'bid' }
  },
})
export const generatedWithoutInput = service({
  output: stream(Price),
  handle: async function* () {
    yield { symbol: 'A', kind: 'ask' }
  },
})
export const listed = service({ output: stream(Price), handle: () => [{ symbol: 'A', kind: 'bid' }] })
export const listedLater = service({ output: stream(z.int()), handle: async () => new Set([1, 2]) })
export const mixed = service({
  output: stream(Price),
  handle: async function* ({ log }) {
    log.info('begins')
    yield { symbol: 'A', kind: 'bid' }
    yield event({ symbol: 'B', kind: 'ask' }, { id: '2', event: 'price', retry: 1000 })
  },
})
export const passedOn = service({ output: stream(Price), handle: ({ invoke }) => invoke(listed) })

export const wrongItem = service({
  output: stream(Price),
  // @ts-expect-error: an item has the wrong type
  handle: async function* ({ log }) {
    log.info('begins')
    yield { symbol: 1, kind: 'bid' }
  },
})

export const wrongLiteral = service({
  output: stream(Price),
  // @ts-expect-error: 'both' is none of the values of the enum
  handle: async function* ({ log }) {
    log.info('begins')
    yield { symbol: 'A', kind: 'both' }
  },
})

// @ts-expect-error: the data of an event has the wrong type
export const wrongEvent = service({ output: stream(z.int()), handle: () => [event('one')] })

// @ts-expect-error: one item is no stream of them
export const noStream = service({ output: stream(Price), handle: () => ({ symbol: 'A', kind: 'bid' }) })

// @ts-expect-error: there is no such setting of an event
event(1, { name: 'x' })

// Messages of the client.

const Message = z.object({ text: z.string(), at: z.int().default(0) })

export const chat = service({
  input: z.object({ room: z.string() }),
  incoming: Message,
  output: stream(Message),
  handle: async function* ({ input, incoming }) {
    proves<Equal<typeof incoming, AsyncIterable<{ text: string; at: number }>>>(true)
    proves<Equal<typeof input, { room: string }>>(true)
    for await (const { text, at } of incoming) yield { text: `${input.room}: ${text}`, at }
  },
})

export const collects = service({
  incoming: Message,
  handle: async ({ incoming }) => {
    for await (const message of incoming) proves<Equal<typeof message, InferOutput<typeof Message>>>(true)
  },
})

export const noMessages = service({
  output: stream(Message),
  // @ts-expect-error: messages are there only where they are declared
  handle: async function* ({ incoming }) {
    yield* incoming
  },
})

export const wrongAnswer = service({
  incoming: Message,
  output: stream(z.int()),
  // @ts-expect-error: what is sent is not what came
  handle: async function* ({ incoming }) {
    yield* incoming
  },
})
