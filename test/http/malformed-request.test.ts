import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { get } from '../../src/http/rest-channel.ts'
import { service } from '../../src/kernel/service.ts'
import { chunked, echo, json } from './echo.ts'
import { ask, headerOf, jsonOf, RawConnection, requestText } from './raw-connection.ts'
import { type Served, serve } from './served.ts'

const greet = service({ name: 'greet', output: z.string(), on: get('/'), handle: () => 'hello' })

const start = (): Promise<Served> => serve([echo, greet])

/** Fails unless the reply is a problem of this status and code with a cid, in header and body alike. */
async function refused(connection: RawConnection, status: number, code: string): Promise<Record<string, unknown>> {
  const reply = await connection.reply()
  assert.equal(reply.status, status)
  assert.equal(headerOf(reply, 'content-type'), 'application/problem+json')
  const body = jsonOf(reply)
  assert.equal(body.code, code)
  assert.equal(body.status, status)
  assert.equal(headerOf(reply, 'x-correlation-id'), body.cid)
  assert.match(String(body.cid), /^[\da-f]{32}$/)
  return body
}

suite('bytes that are no request are answered with 400 and the connection is closed:', () => {
  const rows: Readonly<Record<string, string>> = {
    'another protocol': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n',
    'a line of text': 'hello\r\n\r\n',
    'an unknown method that is no token': 'F(O / HTTP/1.1\r\nHost: test\r\n\r\n',
    'a target that is no path': 'GET users HTTP/1.1\r\nHost: test\r\n\r\n',
    'a blank in the target': 'GET /a b HTTP/1.1\r\nHost: test\r\n\r\n',
    'NUL in the target': 'GET /a\0b HTTP/1.1\r\nHost: test\r\n\r\n',
    'a target beyond ASCII': 'GET /\xc3\xbc HTTP/1.1\r\nHost: test\r\n\r\n',
    'a version that does not exist': 'GET / HTTP/1.7\r\nHost: test\r\n\r\n',
    'a header without a name': 'GET / HTTP/1.1\r\nHost: test\r\n: x\r\n\r\n',
    'a blank before the colon of a header': 'GET / HTTP/1.1\r\nHost : test\r\n\r\n',
    'NUL in a header': 'GET / HTTP/1.1\r\nHost: test\r\nX: a\0b\r\n\r\n',
    'a folded header': 'GET / HTTP/1.1\r\nHost: test\r\nX: a\r\n b\r\n\r\n',
    'a length that is no number': 'POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: x\r\n\r\n',
    'a negative length': 'POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: -1\r\n\r\n',
    'two lengths': 'POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    'a length and chunks':
      'POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n',
    'chunks that are not the last encoding':
      'POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked, gzip\r\n\r\n',
  }
  for (const [what, bytes] of Object.entries(rows)) {
    test(what, async () => {
      await using served = await start()
      await using connection = await RawConnection.open(served.port)
      connection.send(bytes)
      await refused(connection, 400, 'malformed_request')
      assert.equal(await connection.rest(), '')
      assert.equal((await ask(served.port, 'GET /')).status, 200)
      assert.deepEqual(served.errors(), [])
    })
  }
})

suite('a method that is not known is answered with 501 and the connection is closed:', () => {
  for (const method of ['FOO', 'get']) {
    test(method, async () => {
      await using served = await start()
      await using connection = await RawConnection.open(served.port)
      connection.send(`${method} / HTTP/1.1\r\nHost: test\r\n\r\n`)
      await refused(connection, 501, 'not_implemented')
      assert.equal(await connection.rest(), '')
      assert.deepEqual(served.errors(), [])
    })
  }
})

suite('a connection', () => {
  test('is answered with 431 when its headers are too large', async () => {
    await using served = await start()
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /', { Cookie: 'x'.repeat(20_000) }))
    await refused(connection, 431, 'headers_too_large')
    assert.equal(await connection.rest(), '')
  })
  test('is answered with 414 when its URL is too long', async () => {
    await using served = await start()
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText(`GET /${'x'.repeat(20_000)}`))
    await refused(connection, 414, 'uri_too_long')
    assert.equal(await connection.rest(), '')
  })
  test('is answered with 400 when it ends inside a request', async () => {
    await using served = await start()
    await using connection = await RawConnection.open(served.port)
    connection.send('GET / HTTP/1.1\r\nHost: te')
    connection.socket.end()
    await refused(connection, 400, 'malformed_request')
    assert.equal(await connection.rest(), '')
  })
  test('gets one answer to bytes that are no request, however many follow', async () => {
    await using served = await start()
    await using connection = await RawConnection.open(served.port)
    connection.send('nonsense\r\n')
    await refused(connection, 400, 'malformed_request')
    for (let at = 0; at < 20; at++) connection.send('more nonsense\r\n\r\n')
    assert.equal(await connection.rest(), '')
  })
  test('gets all answers that are due before the one to bytes that are no request', async () => {
    await using served = await start()
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /'), requestText('GET /'), requestText('GET /'), 'nonsense\r\n\r\n')
    for (let at = 0; at < 3; at++) assert.equal((await connection.reply()).status, 200)
    await refused(connection, 400, 'malformed_request')
  })
  test('that asks for a tunnel behind other requests gets their answers, and is closed', async () => {
    await using served = await start()
    await using connection = await RawConnection.open(served.port)
    const tunnel = 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n'
    connection.send(requestText('GET /'), requestText('GET /'), tunnel)
    for (let at = 0; at < 2; at++) assert.equal((await connection.reply()).status, 200)
    assert.equal((await connection.reply()).status, 405)
    assert.equal(await connection.rest(), '')
  })
  test('that asks for a tunnel is told that there is none', async () => {
    await using served = await start()
    await using connection = await RawConnection.open(served.port)
    connection.send('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n')
    const reply = await connection.reply()
    assert.equal(reply.status, 405)
    assert.equal(headerOf(reply, 'allow'), '')
    assert.equal(jsonOf(reply).code, 'method_not_allowed')
    assert.equal(headerOf(reply, 'x-correlation-id'), jsonOf(reply).cid)
    assert.equal(await connection.rest(), '')
  })
  test('that asks for an upgrade is answered in HTTP/1.1', async () => {
    await using served = await start()
    const reply = await ask(served.port, 'GET /', { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c' })
    assert.equal(reply.status, 200)
  })
})

suite('the Host header', () => {
  const refusals: Readonly<Record<string, string>> = {
    'is missing': '',
    'comes twice': 'Host: a\r\nHost: a\r\n',
    'comes twice with other values': 'Host: a\r\nHost: b\r\n',
    'holds a path': 'Host: a/b\r\n',
    'holds a blank': 'Host: a b\r\n',
    'holds credentials': 'Host: me@a\r\n',
    'holds a port that is no number': 'Host: a:x\r\n',
    'holds bytes beyond ASCII': 'Host: \xfc\r\n',
  }
  for (const [what, header] of Object.entries(refusals)) {
    test(`is answered with 400 when it ${what}, and the connection is closed`, async () => {
      await using served = await start()
      await using connection = await RawConnection.open(served.port)
      connection.send(`GET / HTTP/1.1\r\n${header}\r\n`)
      const { detail } = await refused(connection, 400, 'malformed_request')
      assert.match(String(detail), /Host/)
      assert.equal(await connection.rest(), '')
      assert.deepEqual(served.errors(), [])
    })
  }
  for (const host of [
    '',
    'localhost',
    'example.com:8080',
    'EXAMPLE.com',
    '127.0.0.1',
    '[::1]',
    '[::1]:17010',
    'a_b.c',
    'a:',
  ]) {
    test(`may be ${host || 'empty'}`, async () => {
      await using served = await start()
      assert.equal((await ask(served.port, 'GET /', { Host: host })).status, 200)
    })
  }
  test('may be missing in HTTP/1.0', async () => {
    await using served = await start()
    await using connection = await RawConnection.open(served.port)
    connection.send('GET / HTTP/1.0\r\n\r\n')
    const reply = await connection.reply()
    assert.equal(reply.status, 200)
    assert.equal(headerOf(reply, 'connection'), 'close')
    assert.equal(jsonOf(reply), 'hello')
    assert.equal(await connection.rest(), '')
  })
})

suite('a request target', () => {
  test('may be an absolute URL', async () => {
    await using served = await start()
    const headers = { Host: 'other.example' }
    assert.deepEqual(jsonOf(await ask(served.port, 'GET http://other.example/echo/a?x=1', headers)), { text: 'a' })
    assert.equal((await ask(served.port, 'GET http://OTHER.example:80', headers)).status, 200)
  })
  test('may be an asterisk for OPTIONS', async () => {
    await using served = await start()
    const reply = await ask(served.port, 'OPTIONS *')
    assert.equal(reply.status, 204)
    assert.equal(headerOf(reply, 'allow'), 'GET, HEAD, OPTIONS, POST')
  })
  test('is no asterisk for any other method', async () => {
    await using served = await start()
    for (const method of ['GET', 'POST', 'DELETE']) {
      const reply = await ask(served.port, `${method} *`)
      assert.equal(reply.status, 400, method)
      assert.equal(jsonOf(reply).code, 'malformed_url')
    }
  })
})

suite('a body in chunks that is broken', () => {
  test('is answered once, with the cid of its request, and the connection is closed', async () => {
    await using served = await start()
    await using connection = await RawConnection.open(served.port)
    connection.send(chunked.replace('Host', 'X-Correlation-ID: mine\r\nHost'), '5\r\n{"tex\r\nnonsense\r\n')
    const reply = await connection.reply()
    assert.equal(reply.status, 400)
    assert.equal(jsonOf(reply).code, 'malformed_request')
    assert.equal(jsonOf(reply).cid, 'mine')
    assert.equal(headerOf(reply, 'connection'), 'close')
    assert.equal(await connection.rest(), '')
    assert.deepEqual(served.errors(), [])
  })
  test('is answered also when another body came before it', async () => {
    await using served = await start()
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('POST /echo', json, '{"text":"first"}'), chunked, '5\r\n{"tex\r\nnonsense\r\n')
    assert.deepEqual(jsonOf(await connection.reply()), { text: 'first' })
    await refused(connection, 400, 'malformed_request')
    assert.equal(await connection.rest(), '')
  })
  test('is answered with 413 when it hides much beside its chunks', async () => {
    await using served = await start()
    await using connection = await RawConnection.open(served.port)
    connection.send(chunked, `1;${'x'.repeat(20_000)}\r\n{\r\n`)
    await refused(connection, 413, 'body_too_large')
    assert.equal(await connection.rest(), '')
  })
  test('is not answered a second time when its request was answered before', async () => {
    await using served = await start()
    await using connection = await RawConnection.open(served.port)
    connection.send(chunked.replace('/echo', '/nothing'))
    assert.equal((await connection.reply()).status, 404)
    connection.send('nonsense\r\n')
    assert.equal(await connection.rest(), '')
  })
})
