import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { get, post, rest } from '../../src/http/rest-channel.ts'
import { media } from '../../src/kernel/media.ts'
import { type Service, service } from '../../src/kernel/service.ts'
import { ask, headerOf, headersOf, jsonOf, RawConnection, requestText } from './raw-connection.ts'
import { serve } from './served.ts'

suite('a reply', () => {
  test('is JSON with a length, a date, a connection that stays, and the cid', async () => {
    const made = service({ name: 's', output: z.object({ a: z.string() }), on: get('/x'), handle: () => ({ a: 'ü' }) })
    await using served = await serve([made])
    const reply = await ask(served.port, 'GET /x')
    assert.equal(reply.statusLine, 'HTTP/1.1 200 OK')
    assert.deepEqual(
      reply.fields.map(([name]) => name),
      ['Content-Type', 'Content-Length', 'X-Correlation-ID', 'Date', 'Connection', 'Keep-Alive'],
    )
    assert.equal(headerOf(reply, 'content-type'), 'application/json')
    assert.equal(reply.body.toString('utf8'), '{"a":"ü"}')
  })
  test('without content is 204 with neither length nor type', async () => {
    await using served = await serve([service({ name: 's', on: get('/x'), handle: () => {} })])
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /x'), requestText('GET /x'))
    const reply = await connection.reply()
    assert.equal(reply.status, 204)
    assert.deepEqual([headerOf(reply, 'content-length'), headerOf(reply, 'content-type')], [undefined, undefined])
    assert.equal((await connection.reply()).status, 204)
    assert.equal(connection.unread, '')
  })
  test('of bytes and text is sent as it is, also when it is empty', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, at) => at)
    const services = [
      service({ name: 'bytes', on: get('/bytes'), handle: () => media(bytes, 'application/octet-stream') }),
      service({ name: 'html', on: get('/html'), handle: async () => media('<p>ü', 'text/html; charset=utf-8') }),
      service({ name: 'empty', on: get('/empty'), handle: () => media('', 'text/plain') }),
    ]
    await using served = await serve(services)
    const replied = await ask(served.port, 'GET /bytes')
    assert.deepEqual([...replied.body], [...bytes])
    assert.equal(headerOf(replied, 'content-type'), 'application/octet-stream')
    assert.equal((await ask(served.port, 'GET /html')).body.toString('utf8'), '<p>ü')
    assert.equal(headerOf(await ask(served.port, 'GET /empty'), 'content-length'), '0')
  })
  test('leaves out what the output does not declare', async () => {
    const made = service({
      name: 's',
      output: z.object({ name: z.string() }),
      on: get('/x'),
      handle: () => ({ name: 'a', password: 'b' }) as { name: string },
    })
    await using served = await serve([made])
    assert.equal((await ask(served.port, 'GET /x')).body.toString(), '{"name":"a"}')
  })
  for (const status of [204, 205, 304]) {
    test(`of ${status} has no content, whatever the service returns, and the connection serves on`, async () => {
      const made = service({
        name: 's',
        output: z.string(),
        on: get('/x'),
        handle: ({ http }) => {
          if (http !== undefined) http.status = status
          return 'x'.repeat(100)
        },
      })
      await using served = await serve([made], { envelope: 'meta' })
      await using connection = await RawConnection.open(served.port)
      connection.send(requestText('GET /x'), requestText('GET /nothing'))
      const reply = await connection.reply()
      assert.equal(reply.status, status)
      assert.equal(headerOf(reply, 'content-length'), status === 205 ? '0' : undefined)
      assert.equal((await connection.reply()).status, 404)
    })
  }
})

suite('the envelope', () => {
  const get1 = { name: 's', output: z.object({ a: z.int() }), handle: () => ({ a: 1 }) }
  const bodyOf = async (made: Service, envelope?: 'none' | 'meta'): Promise<Record<string, unknown>> => {
    await using served = await serve([made], envelope && { envelope })
    return jsonOf(await ask(served.port, 'GET /x', { 'X-Correlation-ID': 'the-cid' }))
  }

  test('wraps a success with its cid and the time', async () => {
    const { meta, data } = await bodyOf(service({ ...get1, on: get('/x', { envelope: 'meta' }) }))
    assert.deepEqual(data, { a: 1 })
    const { timestamp, ...rest } = meta as Record<string, unknown>
    assert.deepEqual(rest, { cid: 'the-cid', is_ok: true })
    assert.match(String(timestamp), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  })
  test('is there without data where the service returns nothing', async () => {
    const body = await bodyOf(service({ name: 's', on: get('/x'), handle: () => {} }), 'meta')
    assert.deepEqual(Object.keys(body), ['meta'])
  })
  test('is set by channel, base and app, in this order', async () => {
    assert.ok('meta' in (await bodyOf(service({ ...get1, on: get('/x') }), 'meta')))
    assert.ok(!('meta' in (await bodyOf(service({ ...get1, on: get('/x', { envelope: 'none' }) }), 'meta'))))
    const wrapped = service.with({ on: rest({ envelope: 'meta' }) })
    assert.ok('meta' in (await bodyOf(wrapped({ ...get1, on: get('/x') }), 'none')))
    assert.ok(!('meta' in (await bodyOf(wrapped({ ...get1, on: get('/x', { envelope: 'none' }) })))))
  })
  test('is not around problems', async () => {
    await using served = await serve([service({ ...get1, on: get('/x') })], { envelope: 'meta' })
    assert.equal(jsonOf(await ask(served.port, 'GET /nothing')).code, 'route_not_found')
  })
})

suite('the headers of a success', () => {
  test('of app, base and channel are all there, and of one name the nearest', async () => {
    const based = service.with({ on: rest({ headers: { 'X-Base': 'base', 'X-Own': 'base' } }) })
    const made = based({
      name: 's',
      on: get('/x', { headers: { 'x-own': 'channel' } }),
      handle: () => {},
    })
    await using served = await serve([made], { headers: { 'X-App': 'app', 'X-Base': 'app' } })
    const reply = await ask(served.port, 'GET /x')
    assert.deepEqual(
      ['x-app', 'x-base', 'x-own'].map((name) => headerOf(reply, name)),
      ['app', 'base', 'channel'],
    )
  })
})

suite('the HTTP side of a call', () => {
  test('changes status and headers of the reply', async () => {
    const made = service({
      name: 's',
      output: z.object({ id: z.int() }),
      on: post('/x', { status: 200, headers: { 'Cache-Control': 'no-store' } }),
      handle: async ({ http }) => {
        if (http !== undefined) {
          http.status = 201
          http.setHeader('Location', '/x/1')
          http.setHeader('cache-control', 'private')
          http.setHeader('Set-Cookie', 'a=1')
          http.setHeader('Set-Cookie', 'b=2')
        }
        return { id: 1 }
      },
    })
    await using served = await serve([made])
    const reply = await ask(served.port, 'POST /x')
    assert.equal(reply.statusLine, 'HTTP/1.1 201 Created')
    assert.equal(headerOf(reply, 'location'), '/x/1')
    assert.equal(headerOf(reply, 'cache-control'), 'private')
    assert.deepEqual(headersOf(reply, 'set-cookie'), ['a=1', 'b=2'])
  })
  test('tells what was sent, as it was sent', async () => {
    const made = service({
      name: 's',
      output: z.unknown(),
      on: get('/x/{id}'),
      input: z.object({ id: z.string() }),
      handle: ({ http }) => ({
        method: http?.method,
        url: http?.url,
        path: http?.path,
        query: http?.query,
        own: http?.headers['x-own'],
        cookies: { ...http?.cookies },
        remoteAddress: http?.remoteAddress,
      }),
    })
    await using served = await serve([made])
    const headers = { 'X-Own': '1', Cookie: 'a=1; b=%C3%BC' }
    const sent = { own: '1', cookies: { a: '1', b: 'ü' }, remoteAddress: '127.0.0.1', method: 'GET' }
    assert.deepEqual(jsonOf(await ask(served.port, 'GET /x/a%2Fb?c=%20d&e', headers)), {
      ...sent,
      url: '/x/a%2Fb?c=%20d&e',
      path: '/x/a%2Fb',
      query: 'c=%20d&e',
    })
    assert.deepEqual(jsonOf(await ask(served.port, 'GET http://h/x/1', { ...headers, Host: 'h' })), {
      ...sent,
      url: '/x/1',
      path: '/x/1',
      query: '',
    })
  })
})
