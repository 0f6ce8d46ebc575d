import assert from 'node:assert/strict'
import { once } from 'node:events'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { get, post } from '../../src/http/rest-channel.ts'
import { service } from '../../src/kernel/service.ts'
import { headerOf, jsonOf, RawConnection, requestText } from './raw-connection.ts'
import { serve } from './served.ts'

const json = { 'Content-Type': 'application/json' }
const chunked =
  'POST /echo HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'
const megabyte = 1024 * 1024

const Text = z.object({ text: z.string() })
const echo = service({
  name: 'echo',
  input: Text,
  output: Text,
  on: [get('/echo/{text}'), post('/echo')],
  handle: ({ input }) => input,
})
const plain = service({ name: 'plain', output: z.string(), on: [get('/plain'), post('/plain')], handle: () => 'plain' })

/** A service that answers when it is told to, and whose calls show when they have begun. */
function gate() {
  const begun = Promise.withResolvers<AbortSignal>()
  const open = Promise.withResolvers<void>()
  const wait = service({
    name: 'wait',
    input: Text,
    output: Text,
    on: get('/wait/{text}'),
    handle: async ({ input, signal }) => {
      begun.resolve(signal)
      await open.promise
      return input
    },
  })
  return { wait, begun: begun.promise, open: open.resolve }
}

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
    assert.ok(!(await connection.rest()).includes(' 200 '))
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

suite('a body', () => {
  test('may come in chunks', async () => {
    await using served = await serve([echo])
    await using connection = await RawConnection.open(served.port)
    connection.send(chunked, '3\r\n{"t\r\n1;ext=1\r\ne\r\n8\r\nxt":"y"}\r\n0\r\n\r\n')
    assert.deepEqual(jsonOf(await connection.reply()), { text: 'y' })
  })
  test('in chunks may be empty, which is no body', async () => {
    await using served = await serve([echo])
    await using connection = await RawConnection.open(served.port)
    connection.send('POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n')
    const reply = await connection.reply()
    assert.equal(reply.status, 422)
    assert.equal(jsonOf(reply).code, 'invalid_input')
  })
  test('may measure exactly the limit, and not a byte more', async () => {
    await using served = await serve([echo], { bodyLimit: 20 })
    await using connection = await RawConnection.open(served.port)
    const fits = JSON.stringify({ text: '123456789' })
    assert.equal(fits.length, 20)
    connection.send(requestText('POST /echo', json, fits), requestText('POST /echo', json, `${fits} `))
    assert.equal((await connection.reply()).status, 200)
    assert.equal(jsonOf(await connection.reply()).detail, 'The body may measure 20 bytes')
    connection.send(chunked, `14\r\n${fits}\r\n0\r\n\r\n`, chunked, `14\r\n${fits}\r\n1\r\n \r\n0\r\n\r\n`)
    assert.equal((await connection.reply()).status, 200)
    assert.equal((await connection.reply()).status, 413)
  })
  test('that is too large is refused before it has come', async () => {
    await using served = await serve([echo])
    await using connection = await RawConnection.open(served.port)
    connection.send(
      `POST /echo HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: ${2 * megabyte}\r\n\r\n`,
    )
    assert.equal((await connection.reply()).status, 413)
  })
  test('of the wrong type is refused before it has come', async () => {
    await using served = await serve([echo])
    await using connection = await RawConnection.open(served.port)
    connection.send('POST /echo HTTP/1.1\r\nHost: test\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\n')
    assert.equal((await connection.reply()).status, 415)
  })
  test('without end is cut off some time after it was refused', async () => {
    for (const target of ['/echo', '/nothing']) {
      await using served = await serve([echo])
      await using connection = await RawConnection.open(served.port)
      connection.send(chunked.replace('/echo', target))
      const chunk = Buffer.from(`100000\r\n${'x'.repeat(megabyte)}\r\n`)
      let sent = 0
      while (!connection.socket.destroyed && sent < 200) {
        sent++
        connection.send(chunk)
        await new Promise((resolve) => setImmediate(resolve))
      }
      assert.ok(sent < 200, `${target} took ${sent} MB`)
      assert.match(await connection.rest(), target === '/echo' ? /^HTTP\/1\.1 413 / : /^HTTP\/1\.1 404 /)
      assert.deepEqual(served.errors(), [])
    }
  })
})

suite('a client that waits for 100 Continue', () => {
  const expecting = (path: string, length: number, type = 'application/json'): string =>
    `POST ${path} HTTP/1.1\r\nHost: test\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\nExpect: 100-continue\r\n\r\n`

  test('is told to go on when its body is wanted', async () => {
    await using served = await serve([echo])
    await using connection = await RawConnection.open(served.port)
    connection.send(expecting('/echo', 12))
    assert.equal((await connection.reply()).status, 100)
    connection.send('{"text":"x"}', requestText('GET /echo/next'))
    const reply = await connection.reply()
    assert.deepEqual(jsonOf(reply), { text: 'x' })
    assert.deepEqual(jsonOf(await connection.reply()), { text: 'next' })
  })
  const refusals: Readonly<Record<string, readonly [status: number, head: string]>> = {
    'whose body is too large': [413, expecting('/echo', 2 * megabyte)],
    'whose body is of the wrong type': [415, expecting('/echo', 5, 'text/plain')],
    'whose path is unknown': [404, expecting('/nothing', 5)],
    'whose body nobody reads': [200, expecting('/plain', 5)],
  }
  for (const [what, [status, head]] of Object.entries(refusals)) {
    test(`and ${what} gets its answer instead, on a connection that is closed then`, async () => {
      await using served = await serve([echo, plain])
      await using connection = await RawConnection.open(served.port)
      connection.send(head)
      const reply = await connection.reply()
      assert.equal(reply.status, status)
      assert.equal(headerOf(reply, 'connection'), 'close')
      assert.equal(await connection.rest(), '')
    })
  }
  test('in HTTP/1.0 is not told to, for that version has no interim replies', async () => {
    await using served = await serve([echo])
    await using connection = await RawConnection.open(served.port)
    connection.send(expecting('/echo', 12).replace('HTTP/1.1', 'HTTP/1.0'), '{"text":"x"}')
    assert.deepEqual(jsonOf(await connection.reply()), { text: 'x' })
    assert.equal(await connection.rest(), '')
  })
  test('or for something unknown is answered as if it did not', async () => {
    await using served = await serve([echo])
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('POST /echo', { ...json, Expect: 'the unexpected' }, '{"text":"x"}'))
    assert.deepEqual(jsonOf(await connection.reply()), { text: 'x' })
  })
})

suite('a client that goes away', () => {
  test('before the reply aborts the signal of its call, and nothing is logged as an error', async () => {
    const { wait, begun, open } = gate()
    await using served = await serve([wait])
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /wait/x'))
    const signal = await begun
    assert.equal(signal.aborted, false)
    connection.socket.destroy()
    await once(signal, 'abort')
    assert.equal(signal.reason.name, 'AbortError')
    open()
    await served.server.stop({ deadline: 1000 })
    assert.deepEqual(served.errors(), [])
  })
  test('aborts the signals of all its calls', async () => {
    const signals: AbortSignal[] = []
    const both = Promise.withResolvers<void>()
    const wait = service({
      name: 'wait',
      on: get('/wait'),
      handle: async ({ signal }) => {
        signals.push(signal)
        if (signals.length === 2) both.resolve()
        await once(signal, 'abort')
      },
    })
    await using served = await serve([wait])
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /wait'), requestText('GET /wait'))
    await both.promise
    connection.socket.destroy()
    await Promise.all(signals.map((signal) => signal.aborted || once(signal, 'abort')))
    assert.deepEqual(served.errors(), [])
  })
  test('has aborted the signal also for a call that asks for it later', async () => {
    const begun = Promise.withResolvers<void>()
    const gone = Promise.withResolvers<void>()
    const aborted = Promise.withResolvers<boolean>()
    const late = service({
      name: 'late',
      on: get('/late'),
      handle: async (call) => {
        begun.resolve()
        await gone.promise
        aborted.resolve(call.signal.aborted)
      },
    })
    await using served = await serve([late], { onReply: () => gone.resolve() })
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /late'))
    await begun.promise
    connection.socket.destroy()
    assert.equal(await aborted.promise, true)
  })
  test('is no error of a service that gives up because of it', async () => {
    const begun = Promise.withResolvers<void>()
    const ended = Promise.withResolvers<void>()
    const giveUp = service({
      name: 'give-up',
      on: get('/give-up'),
      after: () => ended.resolve(),
      handle: ({ signal }) =>
        new Promise<void>((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
          begun.resolve()
        }),
    })
    await using served = await serve([giveUp])
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /give-up'))
    await begun.promise
    connection.socket.destroy()
    await ended.promise
    await served.server.stop({ deadline: 1000 })
    assert.deepEqual(served.errors(), [])
  })
  test('does not hide an error of the service', async () => {
    const begun = Promise.withResolvers<void>()
    const fails = service({
      name: 'fails',
      on: get('/fails'),
      handle: async ({ signal }) => {
        begun.resolve()
        await once(signal, 'abort')
        throw new Error('broken')
      },
    })
    const logged = Promise.withResolvers<void>()
    await using served = await serve([fails], { onReply: () => logged.resolve() })
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /fails'))
    await begun.promise
    connection.socket.destroy()
    await logged.promise
    await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual(
      served.errors().map(({ message }) => message),
      ['fails failed: broken'],
    )
  })
  test('inside its body is no error', async () => {
    for (const head of [
      'POST /echo HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n',
      chunked,
    ]) {
      const replied = Promise.withResolvers<number>()
      await using served = await serve([echo], { onReply: (_exchange, status) => replied.resolve(status) })
      await using connection = await RawConnection.open(served.port)
      connection.send(head, head === chunked ? '5\r\n{"tex\r\n' : '{"tex')
      await new Promise((resolve) => setImmediate(resolve))
      connection.socket.resetAndDestroy()
      assert.equal(await replied.promise, 499)
      assert.deepEqual(served.errors(), [])
    }
  })
  test('inside its body, but still listens, is told that the body is not whole', async () => {
    await using served = await serve([echo])
    await using connection = await RawConnection.open(served.port)
    connection.send('POST /echo HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{')
    connection.socket.end()
    const reply = await connection.reply()
    assert.equal(reply.status, 400)
    assert.equal(jsonOf(reply).code, 'malformed_request')
    assert.equal(await connection.rest(), '')
  })
  test('and whose calls ask for the signal often leaves no listeners behind', async () => {
    const warnings: Error[] = []
    const warn = (warning: Error): void => void warnings.push(warning)
    process.on('warning', warn)
    const counts: number[] = []
    const asks = service({
      name: 'asks',
      on: get('/asks'),
      handle: ({ signal }) => {
        signal.addEventListener('abort', () => {})
      },
    })
    await using served = await serve([asks], {
      onReply: () => void counts.push(1),
    })
    await using connection = await RawConnection.open(served.port)
    for (let at = 0; at < 100; at++) {
      connection.send(requestText('GET /asks'))
      assert.equal((await connection.reply()).status, 204)
    }
    process.off('warning', warn)
    assert.deepEqual(warnings, [])
    assert.ok(counts.length >= 99)
  })
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

test('a thousand calls in parallel keep their inputs, cids and signals apart', async () => {
  const open = Promise.withResolvers<void>()
  let waiting = 0
  const mirror = service({
    name: 'mirror',
    input: z.object({ text: z.string(), number: z.int() }),
    output: z.object({ text: z.string(), number: z.int(), cid: z.string(), header: z.string() }),
    on: post('/mirror/{number}'),
    handle: async ({ input, cid, http }) => {
      http?.setHeader('X-Number', String(input.number))
      if (++waiting === 1000) open.resolve()
      await open.promise
      return { ...input, cid, header: String(http?.headers['x-own']) }
    },
  })
  await using served = await serve([mirror])
  const connections = await Promise.all(Array.from({ length: 100 }, () => RawConnection.open(served.port)))
  const expected = connections.map((connection, at) => {
    const numbers = Array.from({ length: 10 }, (_, each) => at * 10 + each)
    connection.send(
      ...numbers.map((number) =>
        requestText(
          `POST /mirror/${number}`,
          { ...json, 'X-Correlation-ID': `cid-${number}`, 'X-Own': `own-${number}` },
          JSON.stringify({ text: `text-${number}` }),
        ),
      ),
    )
    return numbers
  })
  for (const [at, connection] of connections.entries()) {
    for (const number of expected[at] ?? []) {
      const reply = await connection.reply()
      assert.deepEqual(jsonOf(reply), { text: `text-${number}`, number, cid: `cid-${number}`, header: `own-${number}` })
      assert.equal(headerOf(reply, 'x-correlation-id'), `cid-${number}`)
      assert.equal(headerOf(reply, 'x-number'), String(number))
    }
  }
  await Promise.all(connections.map((connection) => connection[Symbol.asyncDispose]()))
})
