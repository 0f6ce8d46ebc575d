import assert from 'node:assert/strict'
import { once } from 'node:events'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { get } from '../../src/http/rest-channel.ts'
import { media } from '../../src/kernel/media.ts'
import { service } from '../../src/kernel/service.ts'
import { chunked, echo, json, megabyte } from './echo.ts'
import { headerOf, jsonOf, RawConnection, requestText } from './raw-connection.ts'
import { serve } from './served.ts'

const greet = service({ name: 'greet', output: z.string(), on: get('/'), handle: () => 'hello' })

suite('a client that is too slow', () => {
  test('with its headers is answered with 408', async () => {
    await using served = await serve([greet], { edge: { timeouts: { headers: 50 } } })
    await using connection = await RawConnection.open(served.port)
    connection.send('GET / HTTP/1.1\r\nHost: te')
    const reply = await connection.reply()
    assert.equal(reply.status, 408)
    assert.equal(jsonOf(reply).code, 'request_timeout')
    assert.equal(headerOf(reply, 'connection'), 'close')
    assert.equal(await connection.rest(), '')
  })
  test('with its first byte is cut off without a word', async () => {
    await using served = await serve([greet], { edge: { timeouts: { headers: 50 } } })
    await using connection = await RawConnection.open(served.port)
    assert.equal(await connection.rest(), '')
  })
  test('with the headers of a later request is answered with 408', async () => {
    await using served = await serve([greet], { edge: { timeouts: { headers: 50 } } })
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /'), 'GET / HTTP/1.1\r\n')
    assert.equal((await connection.reply()).status, 200)
    assert.equal((await connection.reply()).status, 408)
    assert.equal(await connection.rest(), '')
  })
  test('with its whole request is answered with 408, however steadily the body comes', async () => {
    await using served = await serve([echo], { edge: { timeouts: { headers: 50, request: 100, body: 0 } } })
    await using connection = await RawConnection.open(served.port)
    connection.send(chunked)
    const drip = setInterval(() => connection.send('1\r\n \r\n'), 5)
    const reply = await connection.reply()
    clearInterval(drip)
    assert.equal(reply.status, 408)
    assert.equal(jsonOf(reply).code, 'request_timeout')
    assert.equal(await connection.rest(), '')
    assert.deepEqual(served.errors(), [])
  })
  test('with a body that pauses is answered with 408', async () => {
    await using served = await serve([echo], { edge: { timeouts: { body: 50 } } })
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('POST /echo', { ...json, 'Content-Length': '100' }), '{"text":')
    const reply = await connection.reply()
    assert.equal(reply.status, 408)
    assert.equal(jsonOf(reply).detail, 'The body came too slowly')
    assert.equal(headerOf(reply, 'connection'), 'close')
    assert.equal(await connection.rest(), '')
    assert.deepEqual(served.errors(), [])
  })
  test('with a body that trickles below the rate is answered with 408', async () => {
    await using served = await serve([echo], { edge: { timeouts: { body: 100 }, limits: { bodyRate: 1_000_000 } } })
    await using connection = await RawConnection.open(served.port)
    connection.send(chunked)
    const drip = setInterval(() => connection.send('1\r\n \r\n'), 5)
    const reply = await connection.reply()
    clearInterval(drip)
    assert.equal(reply.status, 408)
    assert.equal(await connection.rest(), '')
  })
  test('with a body that nobody wants is cut off after its answer', async () => {
    await using served = await serve([greet], { edge: { timeouts: { body: 50 } } })
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('POST /nothing', { 'Content-Length': '100' }), 'some')
    assert.equal((await connection.reply()).status, 404)
    assert.equal(await connection.rest(), '')
  })
  test('in taking its reply is cut off', async () => {
    const gone = Promise.withResolvers<number>()
    const big = Buffer.alloc(32 * megabyte)
    const flood = service({ name: 'flood', on: get('/flood'), handle: () => media(big, 'application/octet-stream') })
    await using served = await serve([flood], {
      edge: { timeouts: { reply: 50 } },
      onReply: (_exchange, status) => gone.resolve(status),
    })
    await using connection = await RawConnection.open(served.port)
    connection.socket.pause()
    connection.send(requestText('GET /flood'))
    assert.equal(await gone.promise, 499)
    connection.socket.resume()
    const received = await connection.rest()
    assert.ok(received.length < big.length)
  })
  test('with its next request finds the connection closed', async () => {
    await using served = await serve([greet], { edge: { timeouts: { keepAlive: 20 } } })
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /'))
    assert.equal((await connection.reply()).status, 200)
    assert.equal(await connection.rest(), '')
  })
})

suite('what is slow on this side is no fault of the client:', () => {
  test('a handler may take longer than all times, also before it asks for the body', async () => {
    const held = Promise.withResolvers<void>()
    const slow = service({
      name: 'slow',
      output: z.string(),
      on: get('/slow'),
      handle: () => held.promise.then(() => 'done'),
    })
    const short = { headers: 200, request: 200, body: 50, reply: 50, keepAlive: 50 }
    await using served = await serve([slow], { edge: { timeouts: short } })
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /slow'))
    // Others that were sent later are cut off meanwhile.
    await using idle = await RawConnection.open(served.port)
    await once(idle.socket, 'close')
    held.resolve()
    assert.equal(jsonOf(await connection.reply()), 'done')
  })
})
