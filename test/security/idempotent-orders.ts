import { post, service } from 'trestle'
import { z } from 'zod'
import { ask, type RawReply } from '../http/raw-connection.ts'

/** A service at POST /orders that does real work once for each call that gets through to it. */
export interface Orders {
  readonly order: ReturnType<typeof service>
  /** How often it has run. */
  readonly runs: () => number
}

/** Makes it; `work` is done in each run. */
export function orders(work: (run: number) => void | Promise<void> = () => {}): Orders {
  let runs = 0
  const order = service({
    name: 'order',
    input: z.object({ item: z.string() }),
    output: z.object({ number: z.int(), item: z.string(), cid: z.string() }),
    on: post('/orders', { status: 201, idempotent: true, location: '/orders/{number}' }),
    handle: async ({ input, cid, http }) => {
      runs += 1
      const number = runs
      await work(number)
      http?.setHeader('X-Desk', 'seven')
      http?.setCookie('session', 'of-the-first')
      return { number, item: input.item, cid }
    },
  })
  return { order, runs: () => runs }
}

/** Sends an order with a key. */
export function send(
  port: number,
  key: string | undefined,
  headers: Readonly<Record<string, string>> = {},
  item: string = 'paper',
): Promise<RawReply> {
  const all = {
    'Content-Type': 'application/json',
    ...(key !== undefined && { 'Idempotency-Key': key }),
    ...headers,
  }
  return ask(port, 'POST /orders', all, JSON.stringify({ item }))
}
