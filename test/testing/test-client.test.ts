import assert from 'node:assert/strict'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { apiKey, basic, createApp, get, group, loadApp, post, provider, service, silentLogger, stream } from 'trestle'
import { HttpError } from 'trestle/client'
import { testClient } from 'trestle/testing'
import { z } from 'zod'
import { root } from '../../scripts/root.ts'

const opened: string[] = []
const store = provider(() => new Map([[1, 'Ada']]), { scope: 'app', dispose: () => void opened.push('disposed') })

const read = service({
  input: z.object({ id: z.int() }),
  output: z.object({ name: z.string(), at: z.coerce.date(), by: z.string().optional(), roles: z.array(z.string()) }),
  use: { store },
  on: get('/names/{id}'),
  handle: ({ input, store, time, caller, log }) => {
    log.info({ id: input.id }, 'Reading a name')
    return { name: store.get(input.id) ?? '?', at: time.now(), by: caller.username, roles: [...caller.roles] }
  },
})
const wrong = service({ output: z.object({ n: z.int() }), on: post('/wrong'), handle: () => ({ n: 0.5 }) })
const ticks = service({
  output: stream(z.object({ n: z.int() })),
  on: get('/ticks'),
  handle: async function* ({ signal }) {
    yield { n: 1 }
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
  },
})
const hanging = Promise.withResolvers<void>()
const hangs = service({
  on: get('/hangs'),
  handle: ({ signal }) => {
    hanging.resolve()
    return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
  },
})
const services = { read, wrong, ticks, hangs }

suite('a test client', () => {
  test('calls an app with providers, time and cid as the test gives them', async () => {
    const app = createApp({ services })
    const use = { store: new Map([[2, 'Eve']]) }
    await using api = testClient(app, { use, time: '2026-01-01T00:00:00Z', cid: 'a1' })
    const reply = await api.get('/names/{id}', { params: { id: 2 } })
    assert.equal(reply.headers.get('x-correlation-id'), 'a1')
    assert.deepEqual(await reply.json(), { name: 'Eve', at: '2026-01-01T00:00:00.000Z', roles: [] })
    api.clock.advance(60_000)
    const later = await api.get('/names/{id}', { params: { id: 3 } }).json()
    assert.deepEqual(later, { name: '?', at: '2026-01-01T00:01:00.000Z', roles: [] })
  })
  test('calls for another caller, whom the services see', async () => {
    await using api = testClient(createApp({ services }))
    const admin = api.as({ definition: 'staff', username: 'ada', roles: ['admin'] })
    const { by, roles } = await admin.get('/names/{id}', { params: { id: 1 } }).json()
    assert.deepEqual([by, roles], ['ada', ['admin']])
    const own = await api.get('/names/{id}', { params: { id: 1 } }).json()
    assert.equal(own.by, undefined)
    assert.deepEqual(
      api.events.map(({ caller }) => caller.username),
      ['ada', undefined],
    )
  })
  test('calls as whoever has the credentials of a definition, though nobody has set them', async () => {
    const whoAmI = service({
      output: z.object({ by: z.string(), roles: z.array(z.string()) }),
      on: [get('/staff', { security: 'staff' }), get('/shop', { security: 'shop' })],
      handle: ({ caller }) => ({ by: caller.username ?? '', roles: [...caller.roles] }),
    })
    const security = {
      hr: basic({ username: 'hr-system', password: '${TEST_CLIENT_NOT_SET}', roles: ['reader'] }),
      shop: apiKey({ key: 'a-key-of-the-shop' }),
      staff: ['hr'],
    }
    await using api = testClient(createApp({ services: { whoAmI }, security, log: silentLogger }))
    assert.equal((await api.get('/staff')).status, 401)
    assert.deepEqual(await api.as('hr').get('/staff').json(), { by: 'hr-system', roles: ['reader'] })
    assert.deepEqual(await api.as('shop').get('/shop').json(), { by: 'shop', roles: [] })
    assert.equal((await api.as('hr').get('/shop')).status, 401)
    await assert.rejects(api.as('hm').get('/shop').text(), /there is no security definition hm: is it hr\?/)
  })
  test('has the log and the calls as data', async () => {
    let calls = 0
    await using api = testClient(createApp({ services }), { cid: () => `c${++calls}` })
    await api.get('/names/{id}', { params: { id: 1 } })
    await api.request('GET', '/nowhere')
    assert.deepEqual(api.logs.where({ service: 'read', message: /reading/i }), [
      { level: 'info', message: 'Reading a name', fields: { cid: 'c1', service: 'read', id: 1 } },
    ])
    assert.deepEqual(api.logs.where({ level: 'error' }), [])
    const [first, second] = api.events
    assert.deepEqual(
      [first?.method, first?.path, first?.status, first?.cid, first?.service],
      ['GET', '/names/1', 200, 'c1', 'read'],
    )
    assert.deepEqual([second?.path, second?.status, second?.service], ['/nowhere', 404, undefined])
    assert.ok((first?.milliseconds ?? -1) >= 0)
    api.logs.clear()
    assert.deepEqual(api.logs.all, [])
  })
  test('checks outputs against their models, and raises problems as errors', async () => {
    await using api = testClient(createApp({ services }))
    await assert.rejects(api.post('/wrong').json(), (error) => error instanceof HttpError && error.status === 500)
    assert.equal(api.logs.where({ level: 'error', service: 'wrong' }).length, 1)
    await using lax = testClient(createApp({ services }), { mode: 'production' })
    assert.deepEqual(await lax.post('/wrong').json(), { n: 0.5 })
  })
  test('takes an envelope off, and knows prefixes', async () => {
    const admin = group({ prefix: '/admin' })
    const count = service({ output: z.int(), on: admin.get('/count'), handle: () => 3 })
    await using api = testClient(createApp({ envelope: 'meta', prefix: '/api', services: { count } }))
    const found: number = await api.get('/api/admin/count').json()
    assert.equal(found, 3)
  })
  test('invokes services without a channel', async () => {
    await using api = testClient(createApp({ services }), { use: { store: new Map([[1, 'Bob']]) } })
    const { name } = await api.invoke(read, { id: 1 })
    assert.equal(name, 'Bob')
  })
  test('closes its own app alone, and cuts what is open', async () => {
    opened.length = 0
    await using app = createApp({ services, log: silentLogger })
    await app.invoke(read, { id: 1 })
    const api = testClient(app)
    await api.invoke(read, { id: 1 })
    const items = api.get('/ticks').items()
    assert.deepEqual(await items.next(), { done: false, value: { n: 1 } })
    const waiting = items.next()
    const settled = Promise.allSettled([waiting, api.get('/hangs').text()])
    await hanging.promise
    await api[Symbol.asyncDispose]()
    assert.deepEqual(
      (await settled).map(({ status }) => status),
      ['rejected', 'rejected'],
    )
    assert.deepEqual(opened, ['disposed'])
    assert.deepEqual(api.events.map(({ path, status }) => [path, status]).sort(), [
      ['/hangs', 499],
      ['/ticks', 499],
    ])
    const { name } = await app.invoke(read, { id: 1 })
    assert.equal(name, 'Ada')
  })
  test('refuses a provider that no service uses', () => {
    assert.throws(() => testClient(createApp({ services }), { use: { stroe: 1 } }), /stroe/)
  })
  test('reaches the apps that are mounted, in its time', async () => {
    const at = service({
      name: 'at',
      output: z.string(),
      on: get('/at'),
      handle: ({ time }) => time.now().toISOString(),
    })
    const inner = createApp({ services: [at] })
    await using outer = createApp({ services, mount: { '/inner': inner } })
    await using api = testClient(outer, { time: '2026-01-01T00:00:00Z', use: { store: new Map() } })
    assert.equal(await api.request('GET', '/inner/at').json(), '2026-01-01T00:00:00.000Z')
    assert.equal(api.events[0]?.service, 'at')
  })
})

suite('a test client of an app folder', () => {
  test('knows the services whose modules are written down', async () => {
    type Services = { employee: typeof import('../../examples/employee/services/employee.ts') }
    await using app = await loadApp<Services>(join(root, 'examples/employee'))
    await using api = testClient(app)
    const path = '/api/employee/get/{employee_no}'
    const { name } = await api.get(path, { params: { employee_no: 123 } }).json()
    assert.equal(name, 'John Doe')
    const { employee_no } = await api.post('/api/employee/create', { json: { name: 'Ada', department: 'IT' } }).json()
    assert.deepEqual(await api.get(path, { params: { employee_no } }).json(), { name: 'Ada', department: 'IT' })
    await using other = testClient(app)
    assert.equal((await other.get(path, { params: { employee_no } })).status, 404)
  })
  test('calls by any path where nothing is written down', async () => {
    await using app = await loadApp(join(root, 'examples/cars'))
    await using api = testClient(app)
    const routes = app.routes.filter(({ method, path }) => method === 'GET' && !path.includes('{'))
    for (const { path } of routes) assert.ok((await api.get(path)).ok, path)
    assert.equal(api.events.length, routes.length)
  })
})
