// What the compiler says of groups and the input that their channels take; see service-proofs.ts.
import { type Group, get, group, service } from 'trestle'
import { z } from 'zod'
import { type Equal, proves } from './equal.ts'

const Item = z.object({ shop: z.string(), id: z.int() })
const handle = (): void => {}

const shop = group({ prefix: '/shops/{shop}', headers: { a: 'b' } })
const items = shop.group({ prefix: '/items' })
const versioned = group({ prefix: '/v{version}', versions: { by: 'path', allowed: ['1'] } })

proves<Equal<typeof items, Group<'/shops/{shop}/items', never>>>(true)

export const inPrefix = service({ input: Item, on: shop.get('/x'), handle })
export const inBoth = service({ input: Item, on: [items.get('/{id}'), items.put('/{id}', { status: 201 })], handle })
export const implied = service({ input: Item, on: versioned.get('/{id}', { version: ['1', '2'] }), handle })
export const impliedInside = service({ on: versioned.group({ prefix: '/in', status: 202 }).get('/x'), handle })
export const plain = service({ on: group({ status: 201 }).post('/x'), handle })
export const spanning = service({ input: z.object({ path: z.string() }), on: get('/files/{path*}/meta'), handle })

// @ts-expect-error: the input has no member 'shop', which the prefix takes
export const wrongPrefix = service({ input: z.object({ id: z.int() }), on: shop.get('/x'), handle })

// @ts-expect-error: nor has it one of the outer prefix
export const wrongOuter = service({ input: z.object({ id: z.int() }), on: items.get('/{id}'), handle })

// @ts-expect-error: the input has no member 'no'
export const wrongPath = service({ input: Item, on: items.get('/{no}'), handle })

// @ts-expect-error: of versions by header a parameter is one like any other
export const notImplied = service({ on: group({ prefix: '/{version}', versions: { by: 'header' } }).get('/x'), handle })

// @ts-expect-error: the input has no member 'path', which spans segments
export const wrongSpanning = service({ input: Item, on: get('/files/{path*}'), handle })

// @ts-expect-error: there is no such setting
export const wrongSetting = group({ prefx: '/x' })

// @ts-expect-error: nothing names a version in a cookie
export const wrongStyle = group({ versions: { by: 'cookie' } })
