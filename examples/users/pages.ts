import { badRequest } from 'trestle'
import { z } from 'zod'

/** Which page of a list is wanted; older clients say it as `skip` and `limit`, in items. */
export const PageQuery = z.object({
  page: z.int().default(1),
  page_size: z.int().default(50),
  skip: z.int().min(0).optional().meta({ description: 'How many items to leave out, in place of `page`' }),
  limit: z
    .int()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'How many items at the most, in place of `page_size`' }),
})

/** The model of a page of items. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), total: z.int(), page: z.int(), page_size: z.int(), total_pages: z.int() })
}

/** The part of a list that a page is. @throws Problem `bad_request` for a page that there cannot be */
export function partOf({ page, page_size, skip, limit }: z.infer<typeof PageQuery>) {
  if (skip !== undefined || limit !== undefined) return { offset: skip ?? 0, limit: limit ?? 100 }
  if (page < 1) badRequest('Page must be >= 1')
  if (page_size < 1 || page_size > 100) badRequest('Page size must be between 1 and 100')
  return { offset: (page - 1) * page_size, limit: page_size }
}

/** A part of a list as a page. */
export function asPage<Item>(items: Item[], total: number, { offset, limit }: ReturnType<typeof partOf>) {
  return { items, total, page: Math.floor(offset / limit) + 1, page_size: limit, total_pages: Math.ceil(total / limit) }
}
