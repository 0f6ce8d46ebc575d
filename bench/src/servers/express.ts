import express from 'express'
import { z } from 'zod'
import { findUser, storedRows, totalOf } from '../data.ts'
import { Order, Rows } from '../models.ts'
import { announce } from './announce.ts'

// Zod by hand in each handler, default settings. Express has no output models: the rows are projected by parsing
// them with the model, as for Hono.

const UserId = z.coerce.number().int()
const app = express()
app.use(express.json())

app.get('/users/:id', (request, response) => {
  const id = UserId.safeParse(request.params.id)
  if (id.success) response.json(findUser(id.data))
  else response.status(422).json({ issues: id.error.issues })
})

app.post('/orders', (request, response) => {
  const order = Order.safeParse(request.body)
  if (order.success) response.json({ order_no: 1, total: totalOf(order.data.lines) })
  else response.status(422).json({ issues: order.error.issues })
})

app.get('/rows', (_request, response) => response.json(Rows.parse(storedRows)))

const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address && typeof address === 'object') announce(address.port)
})
