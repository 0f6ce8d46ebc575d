import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { chunked, echo, json, megabyte, plain } from './echo.ts'
import { gate } from './gate.ts'
import { headerOf, jsonOf, RawConnection, requestText } from './raw-connection.ts'
import { serve } from './served.ts'

suite('requests sent at once on one connection', () => {
  test('are answered in order', async () => {
    await using served = await serve([echo])
    await using connection = await RawConnection.open(served.port)
    const texts = Array.from({ length: 50 }, (_, at) => `t${at}`)
    connection.send(...texts.map((text) => requestText(`GET /echo/${text}`)))
    for (const text of texts) assert.deepEqual(jsonOf(await connection.reply()), { text })
    assert.equal(connection.unread, '')
  })
  test('are answered in order, also when a later one is done first', async () => {
    const { wait, begun, open } = gate()
    await using served = await serve([echo, wait])
    await using connection = await RawConnection.open(served.port)
    connection.send(
      requestText('GET /wait/first'),
      requestText('POST /echo', json, '{"text":"second"}'),
      requestText('GET /nothing'),
      requestText('GET /echo/fourth'),
    )
    await begun
    assert.equal(connection.unread, '')
    open()
    assert.deepEqual(jsonOf(await connection.reply()), { text: 'first' })
    assert.deepEqual(jsonOf(await connection.reply()), { text: 'second' })
    assert.equal((await connection.reply()).status, 404)
    assert.deepEqual(jsonOf(await connection.reply()), { text: 'fourth' })
  })
  test('are answered before the connection is closed for what follows them', async () => {
    const { wait, begun, open } = gate()
    await using served = await serve([echo, wait])
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /wait/first'), requestText('GET /echo/second'), 'nonsense\r\n\r\n')
    await begun
    open()
    assert.deepEqual(jsonOf(await connection.reply()), { text: 'first' })
    assert.deepEqual(jsonOf(await connection.reply()), { text: 'second' })
    assert.match(await connection.rest(), /^HTTP\/1\.1 400 Malformed request\r\n/)
  })
  test('are read however they are cut into packets', async () => {
    await using served = await serve([echo])
    await using connection = await RawConnection.open(served.port)
    const bytes = Buffer.concat([requestText('POST /echo', json, '{"text":"ü"}'), requestText('GET /echo/a%2Fb')])
    for (const byte of bytes) {
      connection.send(Uint8Array.of(byte))
      await new Promise((resolve) => setImmediate(resolve))
    }
    assert.deepEqual(jsonOf(await connection.reply()), { text: 'ü' })
    assert.deepEqual(jsonOf(await connection.reply()), { text: 'a/b' })
  })
})

suite('a connection serves on after', () => {
  const rows: Readonly<Record<string, readonly [status: number, request: Buffer]>> = {
    'an unknown path': [404, requestText('GET /nothing')],
    'an unknown path with a body': [404, requestText('POST /nothing', json, 'x'.repeat(100_000))],
    'a wrong method with a body': [405, requestText('PUT /echo', json, '{"text":"x"}')],
    'a wrong media type': [415, requestText('POST /echo', { 'Content-Type': 'text/plain' }, 'x'.repeat(100_000))],
    'malformed JSON': [400, requestText('POST /echo', json, '{')],
    'an invalid input': [422, requestText('POST /echo', json, '{}')],
    'a body of 2 MB, which is too large': [413, requestText('POST /echo', json, 'x'.repeat(2 * megabyte))],
    'a body of 2 MB in chunks, which is too large': [
      413,
      Buffer.concat([
        Buffer.from(chunked),
        ...Array.from({ length: 32 }, () => Buffer.from(`10000\r\n${'x'.repeat(65_536)}\r\n`)),
        Buffer.from('0\r\n\r\n'),
      ]),
    ],
    'a body that nobody reads': [200, requestText('POST /plain', json, 'x'.repeat(2 * megabyte))],
    'a body on GET': [200, requestText('GET /plain', json, '{"text":"GET /nothing HTTP/1.1\\r\\n\\r\\n"}')],
    'chunks on GET': [
      200,
      Buffer.from('GET /plain HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n'),
    ],
    'a chunked body with trailers': [200, Buffer.from(`${chunked}c\r\n{"text":"x"}\r\n0\r\nX-Trailer: 1\r\n\r\n`)],
  }
  for (const [what, [status, request]] of Object.entries(rows)) {
    test(what, async () => {
      await using served = await serve([echo, plain])
      await using connection = await RawConnection.open(served.port)
      connection.send(request, requestText('GET /echo/next'))
      const reply = await connection.reply()
      assert.equal(reply.status, status)
      assert.notEqual(headerOf(reply, 'connection'), 'close')
      assert.deepEqual(jsonOf(await connection.reply()), { text: 'next' })
      assert.equal(connection.unread, '')
    })
  }
})

test('each finished reply is told of once, with its status', async () => {
  const told: string[] = []
  await using served = await serve([echo, plain], {
    onReply: ({ method, path, cid }, status, milliseconds) => {
      assert.ok(milliseconds >= 0)
      told.push(`${method} ${path} ${status} ${cid}`)
    },
  })
  await using connection = await RawConnection.open(served.port)
  connection.send(
    requestText('GET /plain', { 'X-Correlation-ID': 'a' }),
    requestText('POST /echo', { ...json, 'X-Correlation-ID': 'b' }, '{}'),
    requestText('GET /nothing', { 'X-Correlation-ID': 'c' }),
    requestText('GET /plain', { 'X-Correlation-ID': 'd', Connection: 'close' }),
  )
  await connection.rest()
  await served.server.stop({ deadline: 1000 })
  assert.deepEqual(told, ['GET /plain 200 a', 'POST /echo 422 b', 'GET /nothing 404 c', 'GET /plain 200 d'])
})
