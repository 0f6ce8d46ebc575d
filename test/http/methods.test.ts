import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { any, del, get, head, options, patch, post, put, query } from '../../src/http/rest-channel.ts'
import type { Channel } from '../../src/kernel/channel.ts'
import { type Service, service } from '../../src/kernel/service.ts'
import { ask, askJson, headerOf, jsonOf } from './raw-connection.ts'
import { serve } from './served.ts'

const text = (name: string, on: Channel<never> | readonly Channel<never>[]): Service =>
  service({ name, output: z.string(), on, handle: () => name })

suite('every method', () => {
  test('reaches the channel that is made for it', async () => {
    const makers = { GET: get, POST: post, PUT: put, PATCH: patch, DELETE: del, QUERY: query, OPTIONS: options }
    const services = Object.entries(makers).map(([name, make]) => text(name, make('/x')))
    await using served = await serve([services, text('run', any('/run'))])
    for (const name of Object.keys(makers)) assert.equal(jsonOf(await ask(served.port, `${name} /x`)), name)
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'QUERY']) {
      assert.equal(jsonOf(await ask(served.port, `${method} /run`)), 'run')
    }
  })
  test('has precedence of its own: DELETE /users/me is a parameter where GET /users/me is a literal', async () => {
    const remove = service({
      name: 'remove',
      input: z.object({ id: z.string() }),
      output: z.string(),
      on: del('/users/{id}'),
      handle: ({ input }) => `removed ${input.id}`,
    })
    await using served = await serve([text('me', get('/users/me')), remove])
    assert.equal(jsonOf(await ask(served.port, 'GET /users/me')), 'me')
    assert.equal(jsonOf(await ask(served.port, 'DELETE /users/me')), 'removed me')
  })
  test('of QUERY has its input in the body', async () => {
    const search = service({
      name: 'search',
      input: z.object({ words: z.array(z.string()) }),
      output: z.int(),
      on: query('/search'),
      handle: ({ input }) => input.words.length,
    })
    await using served = await serve([search])
    assert.equal(jsonOf(await askJson(served.port, 'QUERY /search', { words: ['a', 'b'] })), 2)
  })
})

suite('HEAD', () => {
  test('has the headers of GET and no body', async () => {
    const made = service({
      name: 's',
      input: z.object({ id: z.int() }),
      output: z.object({ id: z.int() }),
      on: get('/x/{id}', { headers: { 'Cache-Control': 'no-store' } }),
      handle: ({ input, http }) => {
        http?.setHeader('X-Method', http.method)
        return input
      },
    })
    await using served = await serve([made])
    const asked = await ask(served.port, 'GET /x/5')
    const headed = await ask(served.port, 'HEAD /x/5')
    assert.equal(headed.status, 200)
    assert.equal(headerOf(headed, 'content-length'), String(asked.body.length))
    assert.equal(headerOf(headed, 'content-type'), 'application/json')
    assert.equal(headerOf(headed, 'cache-control'), 'no-store')
    assert.equal(headerOf(headed, 'x-method'), 'HEAD')
  })
  test('is refused as GET is, without the body', async () => {
    await using served = await serve([text('x', get('/x')), text('y', post('/y'))])
    const missing = await ask(served.port, 'HEAD /nothing')
    assert.equal(missing.status, 404)
    assert.ok(Number(headerOf(missing, 'content-length')) > 0)
    const other = await ask(served.port, 'HEAD /y')
    assert.equal(other.status, 405)
    assert.equal(headerOf(other, 'allow'), 'OPTIONS, POST')
  })
  test('may have a channel of its own', async () => {
    const own = service({ name: 'own', on: head('/x'), handle: ({ http }) => http?.setHeader('X-Own', '1') })
    await using served = await serve([text('x', get('/x')), own])
    assert.equal(headerOf(await ask(served.port, 'HEAD /x'), 'x-own'), '1')
    assert.equal(headerOf(await ask(served.port, 'GET /x'), 'x-own'), undefined)
  })
})

suite('OPTIONS', () => {
  test('lists the methods of a path, also where a parameter matches', async () => {
    await using served = await serve([text('a', get('/a')), text('b', [put('/a'), del('/a')])])
    const reply = await ask(served.port, 'OPTIONS /a')
    assert.equal(reply.status, 204)
    assert.equal(headerOf(reply, 'allow'), 'DELETE, GET, HEAD, OPTIONS, PUT')
    assert.match(headerOf(reply, 'x-correlation-id') ?? '', /^[\da-f]{32}$/)
    assert.equal(headerOf(reply, 'content-length'), undefined)
  })
  test('is 404 where nothing is served', async () => {
    await using served = await serve([text('a', get('/a'))])
    assert.equal((await ask(served.port, 'OPTIONS /nothing')).status, 404)
  })
  test('is 400 where the path is malformed', async () => {
    const one = service({ name: 's', input: z.object({ id: z.string() }), on: get('/a/{id}'), handle: () => {} })
    await using served = await serve([one])
    assert.equal((await ask(served.port, 'OPTIONS /a/%zz')).status, 400)
    assert.equal((await ask(served.port, 'PUT /a/%zz')).status, 400)
  })
})

suite('a path that is served, but not for the method', () => {
  test('is 405 with every method that it allows, sorted, in the header and in the detail', async () => {
    await using served = await serve([text('a', [post('/a'), get('/a')]), text('b', del('/a')), text('c', any('/run'))])
    const reply = await ask(served.port, 'PATCH /a')
    assert.equal(reply.status, 405)
    assert.equal(headerOf(reply, 'allow'), 'DELETE, GET, HEAD, OPTIONS, POST')
    assert.equal(jsonOf(reply).detail, '/a answers DELETE, GET, HEAD, OPTIONS, POST')
    const all = await ask(served.port, 'TRACE /run')
    assert.equal(headerOf(all, 'allow'), 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, QUERY')
  })
})

test('a path that is not served is 404 and tells which', async () => {
  await using served = await serve([text('a', get('/a'))])
  const reply = await ask(served.port, 'GET /b?x=1')
  assert.equal(reply.status, 404)
  assert.equal(jsonOf(reply).detail, 'Nothing is served at /b')
  assert.equal(headerOf(reply, 'allow'), undefined)
})

test('a server without services answers 404 to everything', async () => {
  await using served = await serve([])
  for (const line of ['GET /', 'POST /x', 'OPTIONS /x', 'HEAD /']) {
    assert.equal((await ask(served.port, line)).status, 404, line)
  }
})

test('paths beyond ASCII are served percent-encoded', async () => {
  const read = service({
    name: 'read',
    input: z.object({ größe: z.string() }),
    output: z.string(),
    on: get('/straße/{größe}', {}),
    handle: ({ input }) => input.größe,
  })
  await assert.rejects(serve([read]), /bad name/)
  const other = service({
    name: 'other',
    input: z.object({ size: z.string() }),
    output: z.string(),
    on: get('/straße/{size}'),
    handle: ({ input }) => input.size,
  })
  await using served = await serve([other])
  assert.equal(jsonOf(await ask(served.port, 'GET /stra%C3%9Fe/gr%C3%B6%C3%9Fe%2F%E2%82%AC')), 'größe/€')
})
