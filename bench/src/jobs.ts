import { cleanRows, findUser, totalOf } from './data.ts'

/** A request. */
export interface Question {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A request, and the JSON that every server must answer it with, under status 200. */
export interface Exchange {
  readonly question: Question
  readonly answer: unknown
}

/** One kind of work. The load cycles through `exchanges`; a server that checks its input refuses all of `refused`. */
export interface Job {
  readonly name: JobName
  readonly exchanges: readonly Exchange[]
  readonly refused: readonly Question[]
}

export type JobName = 'get' | 'post' | 'list'

const lines = [
  { sku: 'DESK-120', quantity: 2, price: 199.5 },
  { sku: 'LAMP-7', quantity: 4, price: 24.25 },
  { sku: 'CHAIR-31', quantity: 1, price: 89 },
]
const customer = { name: 'Jane Roe', email: 'jane.roe@example.com' }
const note = 'Ring twice, please'

function order(body: unknown): Question {
  return { method: 'POST', path: '/orders', body: JSON.stringify(body) }
}

function placed(body: {
  readonly lines: typeof lines
  readonly customer: typeof customer
  readonly note?: string
}): Exchange {
  return { question: order(body), answer: { order_no: 1, total: totalOf(body.lines) } }
}

function read(id: number): Exchange {
  return { question: { method: 'GET', path: `/users/${id}` }, answer: findUser(id) }
}

/** The three jobs. Inputs vary a little, so that nothing is measured on one constant string. */
export const jobs: readonly Job[] = [
  {
    name: 'get',
    exchanges: [read(123), read(456), read(789), read(1024)],
    refused: [{ method: 'GET', path: '/users/abc' }],
  },
  {
    name: 'post',
    exchanges: [placed({ customer, lines, note }), placed({ customer, lines: lines.toReversed() })],
    refused: [
      order({ customer, lines: [{ sku: 'DESK-120', quantity: 0, price: 199.5 }] }),
      order({ customer, lines: [{ sku: 'DESK-120', quantity: 1.5, price: 199.5 }] }),
      order({ customer: { name: 'Jane Roe' }, lines }),
    ],
  },
  {
    name: 'list',
    exchanges: [{ question: { method: 'GET', path: '/rows' }, answer: cleanRows }],
    refused: [],
  },
]
