import { z } from 'zod'

/** The models of the three jobs, for every server whose users write Zod. */
export const User = z.object({
  id: z.int(),
  name: z.string(),
  department: z.string(),
  active: z.boolean(),
})

export const Order = z.object({
  customer: z.object({ name: z.string().min(1), email: z.string().min(3) }),
  lines: z.array(z.object({ sku: z.string().min(1), quantity: z.int().min(1), price: z.number().min(0) })).min(1),
  note: z.string().optional(),
})

export const Receipt = z.object({ order_no: z.int(), total: z.number() })

export const Row = z.object({
  id: z.int(),
  name: z.string(),
  email: z.string(),
  department: z.string(),
  active: z.boolean(),
})

export const Rows = z.array(Row)
