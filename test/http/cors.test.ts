import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import type { CorsOptions } from '../../src/http/cors/settings.ts'
import { exposedHeaders } from '../../src/http/cors/settings.ts'
import { createRest } from '../../src/http/rest.ts'
import { get, options, post, rest } from '../../src/http/rest-channel.ts'
import { createKernel } from '../../src/kernel/kernel.ts'
import { notFound } from '../../src/kernel/problem.ts'
import { service } from '../../src/kernel/service.ts'
import { ask, headerOf, headersOf, type RawReply } from './raw-connection.ts'
import { type Served, serve } from './served.ts'

const app = 'https://app.example.com'
const input = z.object({ id: z.int() })
const read = service({
  name: 'read',
  input,
  output: z.object({ id: z.int() }),
  on: get('/items/{id}'),
  handle: ({ input }) => (input.id === 404 ? notFound('There is no item 404') : input),
})
const add = service({ name: 'add', input, on: post('/items/{id}'), handle: () => {} })
const open = service({ name: 'open', on: get('/open', { cors: true }), handle: () => {} })
const shut = service({ name: 'shut', on: get('/shut', { cors: false }), handle: () => {} })

const served = (cors: CorsOptions | true | undefined): Promise<Served> =>
  serve([read, add, open, shut], cors === undefined ? {} : { cors })

const sharing = (reply: RawReply): Record<string, string> =>
  Object.fromEntries(
    reply.fields
      .filter(([name]) => /^(access-control-.*|vary)$/i.test(name))
      .map(([name, value]) => [name.replace('Access-Control-', ''), value]),
  )

const preflight = (port: number, path: string, more: Record<string, string> = {}): Promise<RawReply> =>
  ask(port, `OPTIONS ${path}`, { Origin: app, 'Access-Control-Request-Method': 'GET', ...more })

suite('a reply to a page of another origin', () => {
  test('says nothing where nothing is declared', async () => {
    await using server = await served(undefined)
    const reply = await ask(server.port, 'GET /items/1', { Origin: app })
    assert.equal(reply.status, 200)
    assert.deepEqual(sharing(reply), {})
  })
  test('names the origin that is listed, and what its pages may read', async () => {
    await using server = await served({ origins: [app], credentials: true })
    const reply = await ask(server.port, 'GET /items/1', { Origin: app })
    assert.deepEqual(sharing(reply), {
      Vary: 'Origin',
      'Allow-Origin': app,
      'Allow-Credentials': 'true',
      'Expose-Headers': exposedHeaders.join(', '),
    })
    assert.equal(reply.body.toString(), '{"id":1}')
  })
  test('is kept apart in caches also where no origin or another one asks', async () => {
    await using server = await served({ origins: [app] })
    assert.deepEqual(sharing(await ask(server.port, 'GET /items/1')), { Vary: 'Origin' })
    assert.deepEqual(sharing(await ask(server.port, 'GET /items/1', { Origin: 'https://evil.test' })), {
      Vary: 'Origin',
    })
  })
  test('is the same for all where any origin may call', async () => {
    await using server = await served(true)
    const reply = await ask(server.port, 'GET /items/1', { Origin: app })
    assert.deepEqual(sharing(reply), { 'Allow-Origin': '*', 'Expose-Headers': exposedHeaders.join(', ') })
  })
  test('carries the same headers when it is a problem, whoever raises it', async () => {
    await using server = await served({ origins: [app], expose: [] })
    const expected = { Vary: 'Origin', 'Allow-Origin': app }
    for (const [line, status] of [
      ['GET /items/404', 404],
      ['GET /items/x', 422],
      ['GET /nothing', 404],
      ['PUT /items/1', 405],
      ['OPTIONS /items/1', 204],
      ['HEAD /items/1', 200],
    ] as const) {
      const reply = await ask(server.port, line, { Origin: app })
      assert.equal(reply.status, status, line)
      assert.deepEqual(sharing(reply), expected, line)
    }
  })
  test('carries them when no channel is asked, since the URL cannot be read or the edge refuses it', async () => {
    await using one = await serve([read], { cors: { origins: [app] }, edge: { limits: { urlBytes: 100 } } })
    for (const [line, status] of [
      ['GET /%zz', 400],
      ['OPTIONS /%zz', 400],
      [`GET /${'x'.repeat(100)}`, 414],
    ] as const) {
      const reply = await ask(one.port, line, { Origin: app })
      assert.equal(reply.status, status)
      assert.equal(headerOf(reply, 'Access-Control-Allow-Origin'), app)
      assert.equal(headerOf(reply, 'Vary'), 'Origin')
    }
    const other = await ask(one.port, 'GET /%zz', { Origin: 'https://evil.test' })
    assert.equal(headerOf(other, 'Access-Control-Allow-Origin'), undefined)
  })
  test('follows the setting of its channel before that of the app', async () => {
    await using server = await served({ origins: [app] })
    assert.equal(
      headerOf(await ask(server.port, 'GET /open', { Origin: 'https://x.test' }), 'Access-Control-Allow-Origin'),
      '*',
    )
    assert.deepEqual(sharing(await ask(server.port, 'GET /shut', { Origin: app })), {})
  })
  test('matches patterns whole, and functions by their word', async () => {
    await using server = await serve([
      service({ name: 'a', on: get('/a', { cors: { origins: [/https:\/\/\w+\.example\.com/] } }), handle: () => {} }),
      service({
        name: 'b',
        on: get('/b', { cors: { origins: (each) => each.endsWith(':8080') } }),
        handle: () => {},
      }),
    ])
    const origin = async (path: string, from: string): Promise<string | undefined> =>
      headerOf(await ask(server.port, `GET ${path}`, { Origin: from }), 'Access-Control-Allow-Origin')
    assert.equal(await origin('/a', 'https://shop.example.com'), 'https://shop.example.com')
    assert.equal(await origin('/a', 'https://shop.example.com.evil.test'), undefined)
    assert.equal(await origin('/a', 'https://evil.test/https://shop.example.com'), undefined)
    assert.equal(await origin('/b', 'http://localhost:8080'), 'http://localhost:8080')
    assert.equal(await origin('/b', 'http://localhost:9090'), undefined)
  })
  test('is marked through app.fetch too', async () => {
    await using server = await served({ origins: [app] })
    const reply = await server.fetch(new Request('http://test/items/1', { headers: { Origin: app } }))
    assert.equal(reply.headers.get('access-control-allow-origin'), app)
  })
})

suite('a preflight', () => {
  test('is answered for the method and the headers that are asked for', async () => {
    await using server = await served({ origins: [app], credentials: true, maxAge: 60 })
    const reply = await preflight(server.port, '/items/1', {
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'content-type,x-tenant',
    })
    assert.equal(reply.status, 204)
    assert.deepEqual(headersOf(reply, 'Content-Length'), [])
    assert.equal(headerOf(reply, 'Allow'), 'GET, HEAD, OPTIONS, POST')
    assert.deepEqual(sharing(reply), {
      Vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
      'Allow-Origin': app,
      'Allow-Credentials': 'true',
      'Allow-Methods': 'GET, HEAD, OPTIONS, POST',
      'Allow-Headers': 'content-type,x-tenant',
      'Max-Age': '60',
    })
  })
  test('of an origin that may not call gets no permission', async () => {
    await using server = await served({ origins: [app] })
    const reply = await preflight(server.port, '/items/1', { Origin: 'https://evil.test' })
    assert.equal(reply.status, 204)
    assert.deepEqual(sharing(reply), {
      Vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
    })
  })
  test('for a method that the path does not answer gets none either', async () => {
    await using server = await served({ origins: [app], expose: [] })
    const reply = await preflight(server.port, '/items/1', { 'Access-Control-Request-Method': 'DELETE' })
    assert.equal(headerOf(reply, 'Access-Control-Allow-Methods'), undefined)
  })
  test('echoes no header list that is none', async () => {
    await using server = await served(true)
    const reply = await preflight(server.port, '/items/1', { 'Access-Control-Request-Headers': 'a b' })
    assert.equal(headerOf(reply, 'Access-Control-Allow-Headers'), undefined)
  })
  test('allows the methods and headers that are declared, and private networks where they may', async () => {
    await using server = await served({
      origins: '*',
      methods: ['GET'],
      headers: ['X-One', 'X-Two'],
      privateNetwork: true,
    })
    const reply = await preflight(server.port, '/items/1', { 'Access-Control-Request-Private-Network': 'true' })
    assert.equal(headerOf(reply, 'Access-Control-Allow-Methods'), 'GET')
    assert.equal(headerOf(reply, 'Access-Control-Allow-Headers'), 'X-One, X-Two')
    assert.equal(headerOf(reply, 'Access-Control-Allow-Private-Network'), 'true')
  })
  test('is answered in front of a channel for OPTIONS, which gets all other requests', async () => {
    const own = service({ name: 'own', input, output: z.string(), on: options('/items/{id}'), handle: () => 'own' })
    await using server = await serve([read, own], { cors: true })
    assert.equal((await preflight(server.port, '/items/1')).status, 204)
    const reply = await ask(server.port, 'OPTIONS /items/1', { Origin: app })
    assert.equal(reply.body.toString(), '"own"')
    assert.equal(headerOf(reply, 'Access-Control-Allow-Origin'), '*')
  })
})

suite('a setting that browsers would refuse stops the start', () => {
  for (const [cors, reason] of [
    [{ origins: '*', credentials: true }, /allows credentials to any origin/],
    [{ origins: ['app.example.com'] }, /'app\.example\.com', which is no origin/],
    [{ origins: ['https://app.example.com/'] }, /which is no origin/],
    [{ origins: '*', maxAge: 1.5 }, /maxAge 1\.5/],
  ] as const) {
    test(String(reason), () => {
      const made = service.with({ on: rest({ cors }) })({ name: 's', on: get('/s'), handle: () => {} })
      assert.throws(() => createRest({ kernel: createKernel({ services: [made] }) }), reason)
    })
  }
})
