import assert from 'node:assert/strict'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { get } from '../../src/http/rest-channel.ts'
import { service } from '../../src/kernel/service.ts'
import { json } from './echo.ts'
import { ask, headerOf, jsonOf, RawConnection, requestText } from './raw-connection.ts'
import { serve } from './served.ts'

const greet = service({ name: 'greet', output: z.string(), on: get('/'), handle: () => 'hello' })

suite('a URL', () => {
  test('beyond its limit is answered with 414, over a socket and by fetch', async () => {
    await using served = await serve([greet], { edge: { limits: { urlBytes: 20 } } })
    assert.equal((await ask(served.port, `GET /?a=${'x'.repeat(16)}`)).status, 200)
    const reply = await ask(served.port, `GET /?a=${'x'.repeat(17)}`)
    assert.equal(reply.status, 414)
    assert.equal(jsonOf(reply).code, 'uri_too_long')
    assert.equal(jsonOf(reply).detail, 'The limit is 20 bytes')
    const response = await served.fetch(new Request(`http://test/?a=${'x'.repeat(17)}`))
    assert.equal(response.status, 414)
  })
  test('with too many parameters is answered with 400', async () => {
    await using served = await serve([greet], { edge: { limits: { queryParameters: 3 } } })
    assert.equal((await ask(served.port, 'GET /?a=1&b=2&c=3')).status, 200)
    const reply = await ask(served.port, 'GET /?a=1&b=2&c=3&d=4')
    assert.equal(reply.status, 400)
    assert.equal(jsonOf(reply).code, 'too_many_parameters')
  })
  test('with a fragment is answered with 400', async () => {
    await using served = await serve([greet], { edge: {} })
    const reply = await ask(served.port, 'GET /#top')
    assert.equal(reply.status, 400)
    assert.equal(jsonOf(reply).code, 'malformed_url')
  })
})

suite('headers', () => {
  test('beyond their number are answered with 431, none is dropped, and the connection is closed', async () => {
    await using served = await serve([greet], { edge: { limits: { headers: 5 } } })
    const headers = (count: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`X-${at}`, 'a']))
    assert.equal((await ask(served.port, 'GET /', headers(4))).status, 200)
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /', headers(5)), requestText('GET /'))
    const reply = await connection.reply()
    assert.equal(reply.status, 431)
    assert.equal(jsonOf(reply).code, 'headers_too_large')
    assert.equal(headerOf(reply, 'connection'), 'close')
    assert.equal(await connection.rest(), '')
  })
  test('beyond their size are answered with 431, and the connection is closed', async () => {
    await using served = await serve([greet], { edge: { limits: { headerBytes: 500 } } })
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /', { Cookie: 'x'.repeat(600) }))
    assert.equal((await connection.reply()).status, 431)
    assert.equal(await connection.rest(), '')
  })
})

test('a connection too many is answered with 503 and closed, and there is room again when another ends', async () => {
  await using served = await serve([greet], { edge: { limits: { connections: 1 } } })
  const first = await RawConnection.open(served.port)
  first.send(requestText('GET /'))
  assert.equal((await first.reply()).status, 200)
  await using second = await RawConnection.open(served.port)
  second.send(requestText('GET /'))
  const refusal = await second.reply()
  assert.equal(refusal.status, 503)
  assert.equal(jsonOf(refusal).code, 'unavailable')
  assert.equal(await second.rest(), '')
  first.send(requestText('GET /', { Connection: 'close' }))
  assert.equal((await first.reply()).status, 200)
  await first.rest()
  for (let status = 503; status !== 200; ) status = (await ask(served.port, 'GET /')).status
})

suite('requests sent at once on one connection', () => {
  test('are worked on a few at a time, and answered in order', async () => {
    let working = 0
    let most = 0
    const doors: (() => void)[] = []
    const wait = service({
      name: 'wait',
      input: z.object({ number: z.int() }),
      output: z.int(),
      on: get('/wait/{number}'),
      handle: async ({ input }) => {
        most = Math.max(most, ++working)
        await new Promise<void>((resolve) => doors.push(resolve))
        working--
        return input.number
      },
    })
    await using served = await serve([wait, greet], { edge: { limits: { pipelined: 2 } } })
    await using connection = await RawConnection.open(served.port)
    connection.send(...Array.from({ length: 50 }, (_, at) => requestText(`GET /wait/${at}`)))
    // The last of all to be started is let go first, each time, as long as there are any.
    for (let answered = 0; answered < 50; ) {
      assert.equal((await ask(served.port, 'GET /')).status, 200)
      while (doors.length > 0) doors.pop()?.()
      while (answered < 50 && connection.unread !== '') assert.equal(jsonOf(await connection.reply()), answered++)
    }
    assert.equal(most, 2)
  })
  test('lead no deeper when each is answered at once', async () => {
    const held = Promise.withResolvers<void>()
    const slow = service({
      name: 'slow',
      output: z.string(),
      on: get('/slow'),
      handle: () => held.promise.then(() => 'slow'),
    })
    await using served = await serve([slow, greet], { edge: { limits: { pipelined: 1 } } })
    await using connection = await RawConnection.open(served.port)
    const count = 5_000
    connection.send(requestText('GET /slow'), ...Array.from({ length: count }, () => requestText('GET /')))
    assert.equal((await ask(served.port, 'GET /')).status, 200)
    held.resolve()
    assert.equal(jsonOf(await connection.reply()), 'slow')
    for (let at = 0; at < count; at++) assert.equal((await connection.reply()).status, 200)
    assert.deepEqual(served.errors(), [])
  })
  test('beyond those are not even read', async () => {
    const held = Promise.withResolvers<void>()
    const numbered = service({
      name: 'numbered',
      input: z.object({ number: z.int() }),
      output: z.int(),
      on: get('/numbered/{number}'),
      handle: ({ input }) => held.promise.then(() => input.number),
    })
    await using served = await serve([numbered, greet], { edge: { limits: { pipelined: 1 } } })
    const sockets: Socket[] = []
    const keep = (message: unknown): void => void sockets.push((message as { readonly socket: Socket }).socket)
    subscribe('net.server.socket', keep)
    await using connection = await RawConnection.open(served.port)
    const filler = { 'X-Filler': 'x'.repeat(8_000) }
    const count = 1_000
    for (let at = 0; at < count; at++) connection.send(requestText(`GET /numbered/${at}`, filler))
    // Much more than it takes to read all of it.
    for (let turn = 0; turn < 100; turn++) assert.equal((await ask(served.port, 'GET /')).status, 200)
    unsubscribe('net.server.socket', keep)
    const read = sockets[0]?.bytesRead ?? 0
    assert.ok(read > 8_000 && read < 256 * 1024, `${read} bytes were read`)
    held.resolve()
    for (let at = 0; at < count; at++) assert.equal(jsonOf(await connection.reply()), at)
  })
  test('with bodies wait for their turn too', async () => {
    const { echo } = await import('./echo.ts')
    await using served = await serve([echo], { edge: { limits: { pipelined: 1 } } })
    await using connection = await RawConnection.open(served.port)
    const text = (at: number): string => `${at}`.repeat(5_000)
    for (let at = 0; at < 30; at++) connection.send(requestText('POST /echo', json, JSON.stringify({ text: text(at) })))
    for (let at = 0; at < 30; at++) assert.deepEqual(jsonOf(await connection.reply()), { text: text(at) })
  })
})

test('an onReply that throws is told of, and the server goes on', async () => {
  await using served = await serve([greet], {
    edge: {},
    onReply: () => {
      throw new Error('no room for the log')
    },
  })
  assert.equal((await ask(served.port, 'GET /')).status, 200)
  assert.equal((await ask(served.port, 'GET /')).status, 200)
  assert.match(served.errors()[0]?.message ?? '', /no room for the log/)
})
