// What the compiler says of invoking services; see service-proofs.ts.
import { type App, type Invoke, type InvokeAsync, type Service, service } from 'trestle'
import { z } from 'zod'
import { type Equal, proves } from './equal.ts'

const Order = z.object({ id: z.int(), status: z.enum(['open', 'paid']).default('open') })

const read = service({ input: Order, output: Order, handle: ({ input }) => input })
const ping = service({ handle: () => {} })
const find = service({ input: z.object({ text: z.string() }).optional(), handle: () => {} })

declare const invoke: Invoke
declare const invokeAsync: InvokeAsync
declare const app: App

export async function results(): Promise<void> {
  const order = await invoke(read, { id: 1, status: 'paid' })
  proves<Equal<typeof order, { id: number; status: 'open' | 'paid' }>>(true)

  // The same holds for the app itself.
  const same = await app.invoke(read, { id: 1 })
  proves<Equal<typeof same, typeof order>>(true)

  const nothing = await invoke(ping)
  proves<Equal<typeof nothing, undefined>>(true)

  const byName = await invoke('orders.read', { id: 1 })
  proves<Equal<typeof byName, unknown>>(true)

  const cid = invokeAsync(read, { id: 1 })
  proves<Equal<typeof cid, string>>(true)
}

// An input that may be undefined need not be given.
export const optional = [invoke(find), invoke(find, { text: 'a' }), invoke(ping), invoke('ping'), invokeAsync(find)]

// @ts-expect-error: the number is a number
export const wrongInput = invoke(read, { id: '1' })

// @ts-expect-error: 'sent' is none of the values of the enum
export const wrongLiteral = invoke(read, { id: 1, status: 'sent' })

// @ts-expect-error: there is no such member
export const unknownMember = invoke(read, { id: 1, name: 'a' })

// @ts-expect-error: the input is missing
export const missingInput = invoke(read)

// @ts-expect-error: it takes none
export const needlessInput = invoke(ping, { id: 1 })

// @ts-expect-error: there is one input
export const twoInputs = invoke(read, { id: 1 }, { id: 2 })

// @ts-expect-error: neither a service nor a name
export const noService = invoke(5)

// @ts-expect-error: the same holds for what is not waited for
export const wrongInputLater = invokeAsync(read, { id: '1' })

// @ts-expect-error: and for the app itself
export const wrongInputOfApp = app.invoke(read, { id: '1' })

// A service whose output depends on itself says what its handler returns.
export const factorial = service({
  input: z.object({ n: z.int() }),
  output: z.object({ n: z.int() }),
  handle: async ({ input: { n }, invoke }): Promise<{ n: number }> =>
    n <= 1 ? { n: 1 } : { n: n * (await invoke(factorial, { n: n - 1 })).n },
})

// Any service is a Service; one whose types are not known is invoked by its name alone.
export const all: readonly Service[] = [read, ping, find, factorial]
declare const some: Service

// @ts-expect-error: nobody knows what it takes
export const unknownInput = invoke(some, { id: 1 })

// @ts-expect-error: a service that takes more is not one that takes less
export const narrower: Service<{ id: number; name: string }, unknown> = service({
  input: z.object({ id: z.int(), name: z.string(), size: z.int() }),
  handle: () => {},
})
