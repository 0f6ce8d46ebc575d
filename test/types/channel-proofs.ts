// What the compiler says of channels and the input that they take; see service-proofs.ts.
import { del, get, jsonSchema, post, put, rest, service } from 'trestle'
import { z } from 'zod'

const Order = z.object({ id: z.int(), line_no: z.int().default(1), region: z.string().optional() })

const handle = (): void => {}

export const one = service({ input: Order, on: get('/orders/{id}'), handle })
export const several = service({ input: Order, on: [get('/orders/{id}/{line_no}'), del('/orders/{id}')], handle })
export const inPart = service({ input: Order, on: get('/files/order-{id}.json'), handle })
export const placed = service({ input: Order, on: post('/orders', { in: { region: 'header' } }), handle })
export const renamed = service({
  input: Order,
  on: put('/orders/{id}', { status: 201, in: { region: { in: 'cookie', name: 'r' } } }),
  handle,
})
export const literal = service({ on: get('/health'), handle })
export const optional = service({ input: Order.optional(), on: get('/orders/{id}'), handle })
export const ofUnion = service({
  input: z.union([z.object({ id: z.int() }), z.object({ name: z.string() })]),
  on: [get('/by-id/{id}'), get('/by-name/{name}')],
  handle,
})
// Where the input's type is not known, start-up alone can tell.
export const untyped = service({ input: jsonSchema({ type: 'object' }), on: get('/orders/{id}'), handle })
export const typed = service({ input: jsonSchema<{ id: number }>({}), on: get('/orders/{id}'), handle })

// @ts-expect-error: the input has no member 'no'
export const wrongParameter = service({ input: Order, on: get('/orders/{no}'), handle })

// @ts-expect-error: the second of them is wrong
export const wrongInPart = service({ input: Order, on: get('/orders/{id}-{no}'), handle })

// @ts-expect-error: so it is in a list
export const wrongInList = service({ input: Order, on: [get('/orders/{id}'), get('/orders/{no}')], handle })

// @ts-expect-error: the type of a JSON Schema counts too
export const wrongForSchema = service({ input: jsonSchema<{ id: number }>({}), on: get('/orders/{no}'), handle })

// @ts-expect-error: there is no input to take it
export const noInput = service({ on: get('/orders/{id}'), handle })

// @ts-expect-error: the input has no member 'shop'
export const wrongMember = service({ input: Order, on: post('/orders', { in: { shop: 'header' } }), handle })

// @ts-expect-error: nothing comes from a trailer
export const wrongPlace = service({ input: Order, on: post('/orders', { in: { region: 'trailer' } }), handle })

// @ts-expect-error: there is no such envelope
export const wrongEnvelope = service({ on: get('/a', { envelope: 'data' }), handle })

// @ts-expect-error: there is no such option
export const wrongOption = service({ on: get('/a', { stats: 201 }), handle })

// @ts-expect-error: a path alone is no channel
export const noChannel = service({ on: '/a', handle })

export const base = service.with({ on: rest({ envelope: 'meta', status: 201 }) })

// @ts-expect-error: a base has settings of channels, not channels
export const channelOfBase = service.with({ on: get('/a') })
