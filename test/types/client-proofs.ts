// What the compiler says of a client that is typed by its server; see service-proofs.ts.
import {
  type App,
  createApp,
  del,
  event,
  get,
  group,
  jsonSchema,
  patch,
  post,
  put,
  rest,
  service,
  stream,
} from 'trestle'
import { type Client, client, type TypedClient } from 'trestle/client'
import { testClient } from 'trestle/testing'
import { z } from 'zod'
import type { OperationsOf } from '../../src/client/typed/operation.ts'
import { type Equal, proves } from './equal.ts'

const User = z.object({ id: z.int(), name: z.string(), joined: z.coerce.date(), note: z.string().optional() })

const readUser = service({
  input: z.object({ id: z.int(), page: z.int().default(1) }),
  output: User,
  on: get('/users/{id}'),
  handle: () => ({ id: 1, name: 'Ada', joined: new Date() }),
})
const listUsers = service({
  input: z.object({ search: z.string().optional(), size: z.int().default(50) }),
  output: z.array(User),
  on: get('/users'),
  handle: () => [],
})
const changeUser = service({
  input: z.object({
    id: z.int(),
    name: z.string(),
    note: z.string().nullable().default(null),
    shop_no: z.int(),
    theme: z.enum(['dark', 'light']).optional(),
  }),
  on: [
    put('/users/{id}', { in: { shop_no: 'header', theme: 'cookie' } }),
    patch('/users/{id}', { in: { shop_no: { in: 'header', name: 'X-Shop' }, note: 'query' } }),
  ],
  handle: () => {},
})
const removeUser = service({
  input: z.object({ id: z.int(), why: z.string() }),
  on: del('/users/{id}'),
  handle: () => {},
})
const prices = service({
  input: z.object({ symbol: z.string() }),
  output: stream(z.object({ at: z.coerce.date() })),
  on: get('/prices'),
  handle: () => [event({ at: new Date() })],
})
const sum = service({ input: z.array(z.int()), output: z.int(), on: post('/sum'), handle: () => 1 })
const health = service({ on: get('/alive', { prefix: false }), handle: () => {} })
const loose = service({
  input: jsonSchema({ type: 'object' }),
  output: jsonSchema({}),
  on: post('/loose'),
  handle: () => 1,
})

const admin = group({ prefix: '/admin' }).group({ prefix: '/v{version}', versions: { by: 'path', allowed: ['1'] } })
const ofGroup = service({
  input: z.object({ id: z.int() }),
  output: z.string(),
  on: [admin.get('/x/{id}'), get('/y/{id}')],
  handle: () => '',
})
const based = service
  .with({ on: rest({ prefix: '/base', status: 201 }) })
  .with({ tags: ['a'] })
  .with({ on: rest({ prefix: '/in' }) })
const ofBase = based({ output: z.string(), on: get('/z'), handle: () => '' })
const ofFree = based.with({ on: rest({ prefix: false }) })({ output: z.string(), on: get('/free'), handle: () => '' })

const all = {
  users: { readUser, listUsers, changeUser, removeUser, User, admin },
  more: [prices, sum, health, { deep: { loose } }],
  ofGroup,
}
const app = createApp({ services: all })
declare const api: TypedClient<typeof app>

export async function results(): Promise<void> {
  const user = await api.get('/users/{id}', { params: { id: 7, page: 2 } }).json()
  proves<Equal<typeof user, { id: number; name: string; joined: string; note?: string | undefined }>>(true)
  const users = await api.get('/users').json()
  proves<Equal<typeof users, (typeof user)[]>>(true)
  const nothing = await api.delete('/users/{id}', { params: { id: 7, why: 'left' } }).json()
  proves<Equal<typeof nothing, undefined>>(true)
  for await (const price of api.get('/prices', { params: { symbol: 'A' } }).items())
    proves<Equal<typeof price, { at: string }>>(true)
  const total = await api.post('/sum', { json: [1, 2] }).json()
  proves<Equal<typeof total, number>>(true)
  const text = await api.get('/admin/v{version}/x/{id}', { params: { version: 1, id: 2 } }).json()
  proves<Equal<typeof text, string>>(true)
}

export const right = [
  api.get('/users', { params: { search: 'a' }, timeout: 3 }),
  api.get('/users', {}),
  api.put('/users/{id}', { params: { id: 1 }, json: { name: 'Ada' }, headers: { 'shop-no': 3 } }),
  api.put('/users/{id}', {
    params: { id: 1 },
    json: { name: 'Ada', note: null },
    headers: { 'shop-no': 3 },
    cookies: { theme: 'dark' },
  }),
  api.patch('/users/{id}', {
    params: { id: 1, note: 'x' },
    json: { name: 'Ada', theme: 'light' },
    headers: { 'X-Shop': 3 },
  }),
  api.put('/users/{id}', { params: { id: 1 }, json: { name: 'Ada' }, headers: { 'shop-no': 3, 'If-Match': '"a"' } }),
  api.head('/users/{id}', { params: { id: 7 } }),
  api.get('/prices', { params: { symbol: 'A' }, headers: { Accept: 'text/event-stream' } }).events(),
  api.post('/sum', { json: [1], headers: new Headers() }),
  api.get('/alive'),
  api.post('/loose', { json: 5 }),
]

type Paths<Api> = OperationsOf<Api>['path']
proves<
  Equal<
    Paths<typeof app>,
    '/users/{id}' | '/users' | '/prices' | '/sum' | '/alive' | '/loose' | '/admin/v{version}/x/{id}' | '/y/{id}'
  >
>(true)
const prefixed = createApp({ prefix: '/api/', envelope: 'meta', services: { health, sum, ofBase, ofFree, ofGroup } })
proves<
  Equal<
    Paths<typeof prefixed>,
    '/alive' | '/api/sum' | '/api/base/in/z' | '/free' | '/api/admin/v{version}/x/{id}' | '/api/y/{id}'
  >
>(true)
// An app whose services nobody knows: no path either.
proves<Equal<OperationsOf<App>, never>>(true)
proves<
  Equal<
    Paths<{ a: typeof import('../../examples/employee/services/employee.ts') }>,
    | `/api/${'' | 'secure/' | 'partner/'}employee/create`
    | `/api/${'' | 'secure/' | 'partner/'}employee/${'get' | 'update' | 'delete'}/{employee_no}`
    | `/api/${'secure' | 'partner'}/employee/{employee_no}`
  >
>(true)

// @ts-expect-error: there is no such path
export const wrongPath = api.get('/user')

// @ts-expect-error: it is not there for that method
export const wrongMethod = api.post('/users')

// @ts-expect-error: the number of the user is missing
export const noParams = api.get('/users/{id}')

// @ts-expect-error: so it is here
export const missingParam = api.get('/users/{id}', { params: { page: 1 } })

// @ts-expect-error: the number is a number
export const wrongParam = api.get('/users/{id}', { params: { id: '7' } })

// @ts-expect-error: there is no such parameter
export const extraParam = api.get('/users/{id}', { params: { id: 7, size: 1 } })

export const extraMember = api.put('/users/{id}', {
  params: { id: 1 },
  // @ts-expect-error: the body has no such member
  json: { name: 'A', age: 3 },
  headers: { 'shop-no': 3 },
})

// @ts-expect-error: the name is missing
export const missingMember = api.put('/users/{id}', { params: { id: 1 }, json: {}, headers: { 'shop-no': 3 } })

// @ts-expect-error: the header is missing
export const missingHeader = api.put('/users/{id}', { params: { id: 1 }, json: { name: 'A' } })

export const wrongHeader = api.put('/users/{id}', {
  params: { id: 1 },
  json: { name: 'A' },
  // @ts-expect-error: the header is a number
  headers: { 'shop-no': 'x' },
})

// @ts-expect-error: a GET has no body
export const body = api.get('/users', { json: {} })

// @ts-expect-error: there is no such setting
export const wrongSetting = api.get('/users', { timeouts: 5 })

// @ts-expect-error: a list is no single number
export const wrongWhole = api.post('/sum', { json: 5 })

// @ts-expect-error: a stream is no single value
api.get('/prices', { params: { symbol: 'A' } }).json()

// The functions that make clients.

proves<Equal<ReturnType<typeof plain>, Client>>(true)
const plain = () => client('http://localhost')
const ofApp = () => client<typeof app>('http://localhost', { timeout: 1000 })
proves<Equal<ReturnType<typeof ofApp>, TypedClient<typeof app>>>(true)
const ofUnknown = (unknown: App) => [client<App>('http://localhost'), testClient(unknown)]
proves<Equal<ReturnType<typeof ofUnknown>[0], Client>>(true)
export const unwrapped = () => client<typeof prefixed>('http://localhost', { envelope: 'meta' }).get('/alive')

// @ts-expect-error: the app wraps its replies
export const wrapped = () => client<typeof prefixed>('http://localhost')

export async function tested(): Promise<void> {
  await using api = testClient(prefixed)
  const total = await api
    .as({ username: 'ada' })
    .post('/api/sum', { json: [1] })
    .json()
  proves<Equal<typeof total, number>>(true)
  // @ts-expect-error: there is no such path
  await api.get('/apl/sum')
  // @ts-expect-error: an input has the type of its model
  await api.invoke(sum, ['1'])
}
