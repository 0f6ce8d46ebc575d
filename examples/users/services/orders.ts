import { get, notFound } from 'trestle'
import { z } from 'zod'
import { memberService } from '../bases.ts'
import { Order, UserId } from '../models.ts'
import { orders } from '../orders.ts'

const orderService = memberService.with({ use: { orders }, tags: ['Orders'], throws: ['not_found'] })

export const listOrders = orderService({
  summary: 'List the orders of a user',
  input: UserId,
  output: z.array(Order),
  on: get('/users/{user_id}/orders'),
  handle: async ({ input: { user_id }, users, orders }) => {
    if ((await users.find(user_id)) === undefined) notFound(`User with id ${user_id} not found`)
    return orders.filter((each) => each.user_id === user_id)
  },
})

export const readOrder = orderService({
  summary: 'Read one order of a user',
  input: UserId.extend({ order_id: z.int() }),
  output: Order,
  on: get('/users/{user_id}/orders/{order_id}'),
  handle: ({ input: { user_id, order_id }, orders }) =>
    orders.find((each) => each.id === order_id && each.user_id === user_id) ??
    notFound(`Order with id ${order_id} not found`),
})
