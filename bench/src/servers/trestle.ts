import { z } from 'zod'
import { createApp, get, post, service } from '../../../src/index.ts'
import { findUser, storedRows, totalOf } from '../data.ts'
import { Order, Receipt, Rows, User } from '../models.ts'
import { announce } from './announce.ts'

const getUser = service({
  name: 'users.get',
  input: z.object({ id: z.int() }),
  output: User,
  on: get('/users/{id}'),
  handle: ({ input }) => findUser(input.id),
})

const placeOrder = service({
  name: 'orders.place',
  input: Order,
  output: Receipt,
  on: post('/orders'),
  handle: ({ input }) => ({ order_no: 1, total: totalOf(input.lines) }),
})

// The rows go out as they are stored: leaving out what is not declared is the platform's work.
const listRows = service({
  name: 'rows.list',
  output: Rows,
  on: get('/rows'),
  handle: () => storedRows,
})

const app = createApp({ title: 'Bench', version: '1.0.0', services: [getUser, placeOrder, listRows], log: 'silent' })
const { port } = await app.listen({ port: 0, host: '127.0.0.1' })
announce(port)
