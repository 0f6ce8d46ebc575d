import assert from 'node:assert/strict'
import { once } from 'node:events'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { createApp, get, group, notFound, rest, StartupError, service, stream, websocket } from '../../src/index.ts'
import { silentLogger } from '../../src/kernel/logger.ts'
import { serveApp } from './app-served.ts'
import { ask, askJson, headerOf, jsonOf } from './raw-connection.ts'

const Country = z.object({ id: z.int(), name: z.string() })
const flask = group({ prefix: '/flask', errors: 'simple', headers: { 'X-Face': 'flask', 'X-Outer': 'o' }, tags: ['F'] })
const fastapi = group({ prefix: '/fastapi', headers: { 'X-Face': 'fastapi' } })
const inner = flask.group({ prefix: '/v2', headers: { 'X-Face': 'inner' }, tags: ['I'], status: 203 })

const read = service({
  name: 'read',
  tags: ['Own'],
  input: z.object({ id: z.int() }),
  output: Country,
  on: [flask.get('/countries/{id}'), fastapi.get('/countries/{id}'), inner.get('/countries/{id}')],
  handle: ({ input }) => (input.id === 1 ? { id: 1, name: 'Thailand' } : notFound('No such country')),
})
const create = service({
  name: 'create',
  input: Country,
  output: Country,
  on: [flask.post('/', { status: 201 }), fastapi.post('/countries', { headers: { 'X-Own': '1' } })],
  handle: ({ input }) => input,
})

suite('channels of groups', () => {
  test('answer below their prefix, each face with the settings of its group', async () => {
    await using served = await serveApp({ services: [read, create] })
    const rows = [
      ['GET /flask/countries/1', 200, 'flask', 'o'],
      ['GET /fastapi/countries/1', 200, 'fastapi', undefined],
      ['GET /flask/v2/countries/1', 203, 'inner', 'o'],
    ] as const
    for (const [line, status, face, outer] of rows) {
      const reply = await ask(served.port, line)
      assert.equal(reply.status, status, line)
      assert.equal(headerOf(reply, 'X-Face'), face)
      assert.equal(headerOf(reply, 'X-Outer'), outer)
      assert.deepEqual(jsonOf(reply), { id: 1, name: 'Thailand' })
    }
    assert.equal((await ask(served.port, 'GET /countries/1')).status, 404)
  })
  test('answer at the prefix itself where their path is /', async () => {
    await using served = await serveApp({ services: [create] })
    for (const path of ['/flask', '/flask/']) {
      assert.equal((await askJson(served.port, `POST ${path}`, { id: 2, name: 'Chad' })).status, 201, path)
    }
  })
  test('tell problems in the shape of their group, also where nothing is served below its prefix', async () => {
    await using served = await serveApp({ services: [read] })
    assert.deepEqual(Object.keys(jsonOf(await ask(served.port, 'GET /flask/countries/2'))), ['error'])
    assert.deepEqual(Object.keys(jsonOf(await ask(served.port, 'GET /flask/none'))), ['error'])
    assert.deepEqual(Object.keys(jsonOf(await ask(served.port, 'POST /flask/v2/countries/1'))), ['error'])
    assert.equal(jsonOf(await ask(served.port, 'GET /fastapi/countries/2')).code, 'not_found')
    assert.equal(jsonOf(await ask(served.port, 'GET /fastapi/none')).code, 'route_not_found')
    assert.equal(jsonOf(await ask(served.port, 'GET /none')).code, 'route_not_found')
  })
  test('are described with their full path and the tags of their groups', () => {
    const app = createApp({ services: [read], docs: false, log: silentLogger })
    const own = app.description.operations.filter(({ hidden }) => !hidden)
    assert.deepEqual(
      own.map(({ path, tags }) => [path, tags]),
      [
        ['/flask/countries/{id}', ['Own', 'F']],
        ['/fastapi/countries/{id}', ['Own']],
        ['/flask/v2/countries/{id}', ['Own', 'F', 'I']],
      ],
    )
  })
})

suite('a prefix', () => {
  test('of app, base and group join from the outside in, and health and documentation stay where they are', async () => {
    const shop = service.with({ on: rest({ prefix: '/shops/{shop}' }) })
    const name = shop({
      name: 'name',
      input: z.object({ shop: z.string(), id: z.int() }),
      output: z.string(),
      on: group({ prefix: '/items' }).get('/{id}'),
      handle: ({ input }) => `${input.shop} ${input.id}`,
    })
    await using served = await serveApp({ prefix: '/api/', services: [name] })
    const reply = await ask(served.port, 'GET /api/shops/north/items/5')
    assert.equal(reply.body.toString(), '"north 5"')
    for (const path of ['/health', '/docs', '/openapi.json']) {
      assert.equal((await ask(served.port, `GET ${path}`)).status, 200, path)
    }
    assert.equal((await ask(served.port, 'GET /api/health')).status, 404)
    assert.ok(served.app.description.operations.some(({ path }) => path === '/api/shops/{shop}/items/{id}'))
  })
  test('of the app is in front of its WebSocket channels too', async () => {
    const echo = service({
      name: 'echo',
      output: stream(z.string()),
      on: websocket('/echo'),
      handle: async function* () {
        yield 'hello'
      },
    })
    await using served = await serveApp({ prefix: '/api', services: [echo] })
    const socket = new WebSocket(`ws://127.0.0.1:${served.port}/api/echo`)
    const [message] = await once(socket, 'message')
    assert.equal(message.data, '"hello"')
    socket.close()
    await once(socket, 'close')
  })
  test('of a base whose parameter is no member of the input is refused at start', () => {
    const shop = service.with({ on: rest({ prefix: '/shops/{shop}' }) })
    const bad = shop({ name: 'bad', on: get('/x'), handle: () => {} })
    assert.throws(
      () => createApp({ services: [bad], log: silentLogger }),
      (error) =>
        error instanceof StartupError &&
        error.reasons.includes(
          "GET /shops/{shop}/x takes {shop}, but the input of bad has no member 'shop': add it there",
        ),
    )
  })
  test('is left out by a channel that says so', async () => {
    const robots = service({
      name: 'robots',
      output: z.string(),
      on: get('/robots.txt', { prefix: false }),
      handle: () => 'x',
    })
    await using served = await serveApp({ prefix: '/api', services: [robots] })
    assert.equal((await ask(served.port, 'GET /robots.txt')).status, 200)
    assert.equal((await ask(served.port, 'GET /api/robots.txt')).status, 404)
  })
  test('lets the app have a channel at /api/health beside the health of Trestle', async () => {
    const own = service({ name: 'own', output: z.string(), on: get('/health'), handle: () => 'own' })
    await using served = await serveApp({ prefix: '/api', services: [own] })
    assert.equal((await ask(served.port, 'GET /api/health')).body.toString(), '"own"')
    assert.match((await ask(served.port, 'GET /health')).body.toString(), /pass/)
  })
  test('without a slash in front is refused at start', () => {
    const bad = service({ name: 'bad', on: group({ prefix: 'api' }).get('/x'), handle: () => {} })
    assert.throws(() => createApp({ services: [bad], log: silentLogger }), /does not start with '\/'/)
  })
})
