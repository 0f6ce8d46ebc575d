import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { validator } from 'hono/validator'
import { z } from 'zod'
import { findUser, storedRows, totalOf } from '../data.ts'
import { Order, Rows } from '../models.ts'
import { announce } from './announce.ts'

// Zod in Hono's own validator, as its documentation shows. Hono has no output models: the rows are projected by
// parsing them with the model, which is what a Hono user who wants a model on the output does.

const UserId = z.object({ id: z.coerce.number().int() })
const app = new Hono()

app.get(
  '/users/:id',
  validator('param', (value, context) => {
    const checked = UserId.safeParse(value)
    return checked.success ? checked.data : context.json({ issues: checked.error.issues }, 422)
  }),
  (context) => context.json(findUser(context.req.valid('param').id)),
)

app.post(
  '/orders',
  validator('json', (value, context) => {
    const checked = Order.safeParse(value)
    return checked.success ? checked.data : context.json({ issues: checked.error.issues }, 422)
  }),
  (context) => context.json({ order_no: 1, total: totalOf(context.req.valid('json').lines) }),
)

app.get('/rows', (context) => context.json(Rows.parse(storedRows)))

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => announce(port))
