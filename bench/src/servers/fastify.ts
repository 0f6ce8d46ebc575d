import { fastify } from 'fastify'
import { findUser, type OrderLine, storedRows, totalOf } from '../data.ts'
import { announce } from './announce.ts'

// JSON Schema on every route, in and out: Ajv checks, and fast-json-stringify leaves out what is not declared.

const text = { type: 'string', minLength: 1 }
const row = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    name: { type: 'string' },
    email: { type: 'string' },
    department: { type: 'string' },
    active: { type: 'boolean' },
  },
}
const user = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    name: { type: 'string' },
    department: { type: 'string' },
    active: { type: 'boolean' },
  },
}
const line = {
  type: 'object',
  required: ['sku', 'quantity', 'price'],
  properties: { sku: text, quantity: { type: 'integer', minimum: 1 }, price: { type: 'number', minimum: 0 } },
}
const order = {
  type: 'object',
  required: ['customer', 'lines'],
  properties: {
    customer: {
      type: 'object',
      required: ['name', 'email'],
      properties: { name: text, email: { type: 'string', minLength: 3 } },
    },
    lines: { type: 'array', minItems: 1, items: line },
    note: { type: 'string' },
  },
}
const receipt = { type: 'object', properties: { order_no: { type: 'integer' }, total: { type: 'number' } } }
const userId = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } }

const app = fastify()

app.get<{ Params: { id: number } }>('/users/:id', { schema: { params: userId, response: { 200: user } } }, (request) =>
  findUser(request.params.id),
)

app.post<{ Body: { lines: OrderLine[] } }>(
  '/orders',
  { schema: { body: order, response: { 200: receipt } } },
  async (request) => ({ order_no: 1, total: totalOf(request.body.lines) }),
)

app.get('/rows', { schema: { response: { 200: { type: 'array', items: row } } } }, async () => storedRows)

const address = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
announce(Number(address.port))
