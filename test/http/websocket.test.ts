import assert from 'node:assert/strict'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { bytes } from '../../src/http/forms/models.ts'
import { group } from '../../src/http/group.ts'
import { get } from '../../src/http/rest-channel.ts'
import { type WebSocketOptions, websocket } from '../../src/http/websocket/websocket-channel.ts'
import { problem, unavailable } from '../../src/kernel/problem.ts'
import { type Service, service } from '../../src/kernel/service.ts'
import { stream } from '../../src/kernel/stream.ts'
import { ask, headerOf, jsonOf, RawConnection, requestText } from './raw-connection.ts'
import { happening, streamApp } from './stream-app.ts'
import { Client, frame, handshake } from './websocket-client.ts'

const Message = z.object({ text: z.string() })

/** A service at WS /echo/{room} that sends back what it gets; `end`, `fail` and `later` end it. */
function echo(settings: WebSocketOptions<Record<never, never>> = {}): Service {
  return service({
    name: 'echo',
    input: z.object({ room: z.string().max(5), no: z.int().optional() }),
    incoming: Message,
    output: stream(z.object({ room: z.string(), text: z.string() })),
    on: websocket('/echo/{room}', settings),
    handle: async function* ({ input, incoming }) {
      for await (const { text } of incoming) {
        if (text === 'end') return
        if (text === 'fail') throw new Error('secret')
        if (text === 'later') unavailable('Come back later')
        yield { room: input.room, text }
      }
    },
  })
}

suite('a WebSocket channel', () => {
  test('carries typed messages both ways, and ends with 1000 when the service has said all', async () => {
    await using served = await streamApp([echo()])
    await using client = await Client.open(`${served.url}/echo/a`)
    client.send({ text: 'one' })
    client.send({ text: 'two' })
    assert.deepEqual(await client.messages(2), [
      { room: 'a', text: 'one' },
      { room: 'a', text: 'two' },
    ])
    client.send({ text: 'end' })
    assert.deepEqual(await client.closed, { code: 1000, reason: '' })
  })
  test('answers the handshake as RFC 6455 says, with the cid', async () => {
    await using served = await streamApp([echo()])
    const reply = await ask(served.port, 'GET /echo/a', { ...handshake, 'X-Correlation-ID': 'the-cid' })
    assert.equal(reply.status, 101)
    assert.equal(headerOf(reply, 'sec-websocket-accept'), 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=')
    assert.equal(headerOf(reply, 'x-correlation-id'), 'the-cid')
  })
  test('chooses a sub-protocol of those that are offered, in its own order', async () => {
    await using served = await streamApp([echo({ protocols: ['v2', 'v1'] })])
    await using client = await Client.open(`${served.url}/echo/a`, ['v1', 'v2'])
    assert.equal(client.socket.protocol, 'v2')
  })
  test('ends with 1011 after an error, with 1013 while it is unavailable, and tells nothing of a cause', async () => {
    await using served = await streamApp([echo()])
    await using failing = await Client.open(`${served.url}/echo/a`)
    failing.send({ text: 'fail' })
    const { code, reason } = await failing.closed
    assert.equal(code, 1011)
    assert.match(reason, /^internal_error [0-9a-f]{32}$/)
    await using later = await Client.open(`${served.url}/echo/a`)
    later.send({ text: 'later' })
    assert.deepEqual(await later.closed, { code: 1013, reason: 'unavailable: Come back later' })
    assert.deepEqual(served.errors(), ['echo failed: secret', 'Come back later'])
  })
  test('carries bytes where the models are bytes, and nothing else then', async () => {
    const reverse = service({
      name: 'reverse',
      incoming: bytes({ maxBytes: 4 }),
      output: stream(bytes()),
      on: websocket('/reverse'),
      handle: async function* ({ incoming }) {
        for await (const each of incoming) yield Uint8Array.from(each).reverse()
      },
    })
    await using served = await streamApp([reverse], { mode: 'test' })
    await using client = await Client.open(`${served.url}/reverse`)
    const answer = once(client.socket, 'message')
    client.send(new Uint8Array([1, 2, 3]))
    assert.deepEqual((await answer).slice(0, 2), [Buffer.from([3, 2, 1]), true])
    client.send({ text: 'x' })
    assert.deepEqual(await client.closed, { code: 1003, reason: 'Send messages as bytes' })
  })
  test('answers the versions that its path names, and any where requests name them elsewhere', async () => {
    const byPath = group({ prefix: '/v{version}', versions: { by: 'path', allowed: ['1', '2'] } })
    const byHeader = group({ prefix: '/any', versions: { by: 'header', default: '1', allowed: ['1', '2'] } })
    const on = [byPath.websocket('/x'), byHeader.websocket('/x')]
    const versioned = service({ name: 'versioned', output: stream(z.int()), on, handle: () => [1] })
    await using served = await streamApp([versioned])
    for (const [path, status] of [
      ['/v1/x', 101],
      ['/v2/x', 101],
      ['/v3/x', 404],
      ['/any/x', 101],
    ] as const) {
      assert.equal((await ask(served.port, `GET ${path}`, handshake)).status, status)
    }
    assert.deepEqual(
      served.app.routes.filter(({ service }) => service === 'versioned').map(({ method, path }) => `${method} ${path}`),
      ['WS /v1/x', 'WS /v2/x', 'WS /any/x'],
    )
  })
  test('shares its service with a REST channel on the same path', async () => {
    const both = service({
      name: 'both',
      output: stream(z.int()),
      on: [websocket('/both'), get('/both')],
      handle: () => [1, 2],
    })
    await using served = await streamApp([both])
    await using client = await Client.open(`${served.url}/both`)
    assert.deepEqual(await client.closed, { code: 1000, reason: '' })
    assert.deepEqual(client.received, [1, 2])
    assert.equal(await (await fetch(`${served.url}/both`)).text(), '1\n2\n')
  })
})

suite('a handshake is refused', () => {
  for (const [what, path, headers, status, code] of [
    ['for a bad input', '/echo/a?no=x', {}, 422, 'invalid_input'],
    ['for a path that serves nothing', '/nothing', {}, 404, 'route_not_found'],
    ['for a page of another origin', '/echo/a', { Origin: 'https://evil.example' }, 403, 'forbidden'],
    ['for a sandboxed page', '/echo/a', { Origin: 'null' }, 403, 'forbidden'],
    ['for another version', '/echo/a', { 'Sec-WebSocket-Version': '12' }, 400, 'bad_request'],
    ['for a bad key', '/echo/a', { 'Sec-WebSocket-Key': 'short' }, 400, 'bad_request'],
    ['with a body', '/echo/a', { 'Content-Length': '3' }, 400, 'bad_request'],
    ['for sub-protocols that are no names', '/echo/a', { 'Sec-WebSocket-Protocol': 'a,,b' }, 400, 'bad_request'],
    ['for a sub-protocol that comes twice', '/echo/a', { 'Sec-WebSocket-Protocol': 'a, a' }, 400, 'bad_request'],
    ['for a URL that cannot be read', '/echo/%zz', {}, 400, 'malformed_url'],
  ] as const) {
    test(what, async () => {
      await using served = await streamApp([echo()])
      const reply = await ask(served.port, `GET ${path}`, { ...handshake, ...headers })
      assert.equal(reply.status, status)
      assert.equal(jsonOf(reply).code, code)
      assert.equal(headerOf(reply, 'connection'), 'close')
      const version = headerOf(reply, 'sec-websocket-version')
      assert.equal(version, what === 'for another version' ? '13' : undefined)
    })
  }
  test('for a URL that cannot be read, also where it is none', async () => {
    await using served = await streamApp([echo()])
    assert.equal((await ask(served.port, 'GET /%zz')).status, 400)
    assert.equal((await served.app.fetch(new Request('http://localhost/%zz'))).status, 400)
  })
  test('behind requests that have no answer yet: their answers come first', async () => {
    const held = happening()
    const slow = service({ name: 'slow', output: z.int(), on: get('/slow'), handle: () => held.promise.then(() => 1) })
    await using served = await streamApp([echo(), slow])
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /slow'), requestText('GET /echo/a', handshake))
    held.resolve()
    assert.equal((await connection.reply()).status, 200)
    assert.equal((await connection.reply()).status, 426)
    connection.send(requestText('GET /slow'))
    assert.equal((await connection.reply()).status, 200)
  })
  test('and leaves nothing behind for the next one', async () => {
    await using served = await streamApp([echo()])
    for (const cid of ['first-of-all-the-cids', 'second-of-all-the-cids']) {
      await ask(served.port, 'GET /echo/a', { ...handshake, 'Sec-WebSocket-Extensions': ';;', 'X-Correlation-ID': cid })
      const reply = await ask(served.port, 'GET /echo/a', { ...handshake, 'X-Correlation-ID': `${cid}-too` })
      assert.equal(headerOf(reply, 'x-correlation-id'), `${cid}-too`)
    }
  })
  test('and its connection closed, whatever the client has sent behind it, and though it does not close it', async () => {
    await using served = await streamApp([echo()])
    const accepted = happening<Socket>()
    const accept = (message: unknown): void => accepted.resolve((message as { readonly socket: Socket }).socket)
    subscribe('net.server.socket', accept)
    const client = connect({ port: served.port, host: '127.0.0.1', allowHalfOpen: true })
    const socket = await accepted.promise
    unsubscribe('net.server.socket', accept)
    const closed = once(socket, 'close')
    client.resume().write(requestText('GET /echo/a', { ...handshake, Origin: 'null' }))
    client.write('x'.repeat(100_000))
    await closed
    client.destroy()
  })
  test('to nobody, when the client has gone while it waits', async () => {
    const begun = happening<AbortSignal>()
    const waits = service({
      name: 'waits',
      output: stream(z.int()),
      before: ({ signal }) => {
        begun.resolve(signal)
        return once(signal, 'abort').then(() => {})
      },
      on: websocket('/waits'),
      handle: () => [1],
    })
    await using served = await streamApp([waits])
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /waits', handshake))
    const aborted = once(await begun.promise, 'abort')
    connection.socket.end()
    await aborted
    assert.equal(await connection.rest(), '')
  })
  test('in the shape of its group, with what the group makes of errors', async () => {
    const room = group({
      prefix: '/rooms',
      errors: 'simple',
      onError: (error) => (error instanceof RangeError ? problem('not_found', 'No such room') : undefined),
    })
    const chat = service({
      name: 'chat',
      input: z.object({ room: z.string(), 'user-id': z.int().optional() }),
      output: stream(z.string()),
      before: () => {
        throw new RangeError()
      },
      on: room.websocket('/{room}', { in: { 'user-id': { in: 'header', name: 'X-User' } } }),
      handle: () => [],
    })
    await using served = await streamApp([chat], { prefix: '/api' })
    const reply = await ask(served.port, 'GET /api/rooms/a', handshake)
    assert.equal(reply.status, 404)
    assert.deepEqual(jsonOf(reply), { error: 'No such room' })
    const named = await ask(served.port, 'GET /api/rooms/a', { ...handshake, 'X-User': 'x' })
    assert.deepEqual(jsonOf(named), { error: 'Invalid input: x-user must be an integer' })
    assert.equal((await ask(served.port, 'GET /rooms/a', handshake)).status, 404)
  })
  test('for origins that neither the channel nor its cors names, and cors for all names none', async () => {
    const Origin = 'https://app.example'
    const other = 'https://other.example'
    for (const [cors, settings, status] of [
      [{ origins: [Origin] }, {}, 101],
      [{ origins: [/https:\/\/.*\.example/] }, {}, 101],
      [{ origins: [other] }, {}, 403],
      [{ origins: '*' }, {}, 403],
      [true, {}, 403],
      [false, {}, 403],
      [{ origins: [Origin] }, { origins: [other] }, 403],
      [false, { cors: { origins: [Origin] } }, 101],
    ] as const) {
      await using served = await streamApp([echo(settings)], { cors })
      assert.equal((await ask(served.port, 'GET /echo/a', { ...handshake, Origin })).status, status)
    }
  })
  test('with the time that it took, where that is told', async () => {
    await using served = await streamApp([echo()], { serverTiming: true })
    assert.match(headerOf(await ask(served.port, 'GET /echo/a?no=x', handshake), 'server-timing') ?? '', /^total;dur=/)
  })
  test('not for pages of its own or an allowed origin', async () => {
    await using served = await streamApp([echo({ origins: ['https://app.example'] })])
    for (const Origin of ['http://test', 'https://app.example']) {
      assert.equal((await ask(served.port, 'GET /echo/a', { ...handshake, Origin })).status, 101)
    }
  })
  test('with 503 while too many are open', async () => {
    await using served = await streamApp([echo({ connectionLimit: 1 })])
    {
      await using client = await Client.open(`${served.url}/echo/a`)
      const reply = await ask(served.port, 'GET /echo/a', handshake)
      assert.equal(reply.status, 503)
      assert.equal(headerOf(reply, 'retry-after'), '10')
      client.socket.close()
    }
    while ((await ask(served.port, 'GET /echo/a', handshake)).status === 503);
  })
  test('by 426 where a request asks for none, also without a socket', async () => {
    await using served = await streamApp([echo()])
    const reply = await ask(served.port, 'GET /echo/a')
    assert.equal(reply.status, 426)
    assert.equal(headerOf(reply, 'upgrade'), 'websocket')
    assert.equal(headerOf(reply, 'connection'), 'Upgrade')
    const other = await served.app.fetch(new Request('http://localhost/echo/a', { headers: handshake }))
    assert.equal(other.status, 426)
    const posted = await ask(served.port, 'POST /echo/a')
    assert.equal(posted.status, 405)
    assert.equal(headerOf(posted, 'allow'), 'GET')
  })
  test('not where the wish is for a protocol that nobody speaks: the request is answered as it is', async () => {
    const plain = service({ name: 'plain', output: z.int(), on: get('/plain'), handle: () => 1 })
    await using served = await streamApp([echo(), plain])
    for (const Upgrade of ['h2c', 'websocket']) {
      const reply = await ask(served.port, 'GET /plain', { ...handshake, Upgrade })
      assert.equal(reply.status, 200)
    }
  })
})

suite('a message that cannot be taken', () => {
  for (const [what, message, settings, code, reason] of [
    ['no JSON', 'x{', {}, 1007, /^malformed_body: /],
    ['not of its model', '{"text":1}', {}, 1008, /^invalid_input: \/text must be a string$/],
    ['bytes', Buffer.from('{}'), {}, 1003, /^Send messages as JSON texts$/],
    ['too large', JSON.stringify({ text: 'x'.repeat(100) }), { messageLimit: 50 }, 1009, /^$/],
  ] as const) {
    test(`(${what}) ends the conversation with ${code}`, async () => {
      await using served = await streamApp([echo(settings)])
      await using client = await Client.open(`${served.url}/echo/a`)
      client.socket.send(message)
      const closed = await client.closed
      assert.equal(closed.code, code)
      assert.match(closed.reason, reason)
      assert.deepEqual(served.errors(), [])
    })
  }
  test('is told of where the channel says so, and the conversation goes on', async () => {
    await using served = await streamApp([echo({ invalid: 'tell' })])
    await using client = await Client.open(`${served.url}/echo/a`)
    client.send({ text: 1 })
    client.send({ text: 'fine' })
    const [problem, answer] = (await client.messages(2)) as [Record<string, unknown>, unknown]
    assert.equal(problem.code, 'invalid_input')
    assert.deepEqual(answer, { room: 'a', text: 'fine' })
  })
  test('because there are too many of them ends it with 1008', async () => {
    await using served = await streamApp([echo({ messageRate: 2 })])
    await using client = await Client.open(`${served.url}/echo/a`)
    for (let n = 0; n < 5; n++) client.send({ text: 'x' })
    assert.deepEqual(await client.closed, { code: 1008, reason: 'At most 2 messages a second' })
  })
  test('because the service takes none ends it with 1003', async () => {
    const news = service({
      name: 'news',
      output: stream(z.int()),
      on: websocket('/news'),
      handle: async function* ({ signal }) {
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        yield 1
      },
    })
    await using served = await streamApp([news])
    await using client = await Client.open(`${served.url}/news`)
    client.send('hello')
    assert.equal((await client.closed).code, 1003)
  })
})

suite('frames that break the protocol', () => {
  const text = Buffer.from('{"text":"a"}')
  for (const [what, bytes, code] of [
    ['unmasked', frame(0x81, text, false), 1002],
    ['with a reserved bit', frame(0xc1, text), 1002],
    ['of an unknown kind', frame(0x83, text), 1002],
    ['that go on with nothing', frame(0x80, text), 1002],
    ['that are a ping in parts', frame(0x09, Buffer.alloc(0)), 1002],
    ['that are no UTF-8', frame(0x81, Buffer.from([0xc3, 0x28])), 1007],
  ] as const) {
    test(`${what} end it with ${code}`, async () => {
      await using served = await streamApp([echo()])
      await using connection = await RawConnection.open(served.port)
      connection.send(requestText('GET /echo/a', handshake))
      assert.equal((await connection.reply()).status, 101)
      connection.send(bytes)
      const rest = Buffer.from(await connection.rest(), 'latin1')
      assert.equal(rest[0], 0x88)
      assert.equal(rest.readUInt16BE(2), code)
      assert.deepEqual(served.errors(), [])
    })
  }
  test('do not: a message in parts with a ping between them, and the closing handshake', async () => {
    await using served = await streamApp([echo()])
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /echo/a', handshake))
    await connection.reply()
    connection.send(frame(0x01, text.subarray(0, 5)), frame(0x89, Buffer.from('p')), frame(0x80, text.subarray(5)))
    while (!connection.unread.includes('"room":"a"')) await new Promise((resolve) => setImmediate(resolve))
    connection.send(frame(0x88, Buffer.from([0x03, 0xe8])))
    const rest = await connection.rest()
    assert.ok(rest.startsWith('\x8a\x01p'))
    assert.ok(rest.endsWith('\x88\x02\x03\xe8'))
  })
})

suite('the end of a conversation', () => {
  test('by a client that vanishes runs the finally of the generator, with the signal aborted', async () => {
    const ended = happening<boolean>()
    const waits = service({
      name: 'waits',
      incoming: Message,
      output: stream(z.int()),
      on: websocket('/waits'),
      handle: async function* ({ incoming, signal }) {
        try {
          for await (const _ of incoming) yield 1
        } finally {
          ended.resolve(signal.aborted)
        }
      },
    })
    await using served = await streamApp([waits])
    const client = await Client.open(`${served.url}/waits`)
    client.send({ text: 'x' })
    await client.messages(1)
    client.socket.terminate()
    assert.equal(await ended.promise, true)
    assert.deepEqual(served.errors(), [])
  })
  test('by a server that stops is 1001, and the stop waits for the handler', async () => {
    const go = happening()
    const lines: string[] = []
    const works = service({
      name: 'works',
      output: stream(z.int()),
      on: websocket('/works'),
      handle: async function* () {
        try {
          yield 1
          await go.promise
          yield 2
        } finally {
          lines.push('finished')
        }
      },
    })
    await using served = await streamApp([works])
    await using client = await Client.open(`${served.url}/works`)
    await client.messages(1)
    const closed = served.app.close({ deadline: 60_000 }).then(() => lines.push('closed'))
    assert.deepEqual(await client.closed, { code: 1001, reason: 'The server is stopping' })
    assert.deepEqual(lines, [])
    go.resolve()
    await closed
    assert.deepEqual(lines, ['finished', 'closed'])
  })
  test('comes when a client no longer answers pings', async () => {
    await using served = await streamApp([echo({ keepAlive: 5 })])
    await using client = await Client.open(`${served.url}/echo/a`, [], { autoPong: false })
    assert.equal((await client.closed).code, 1006)
  })
  test('does not come while it does', async () => {
    await using served = await streamApp([echo({ keepAlive: 5 })])
    await using client = await Client.open(`${served.url}/echo/a`)
    for (let pings = 0; pings < 5; pings++) await once(client.socket, 'ping')
    client.send({ text: 'still here' })
    assert.deepEqual(await client.messages(1), [{ room: 'a', text: 'still here' }])
  })
})

suite('a slow client', () => {
  test('holds the service up', async () => {
    let made = 0
    const floods = service({
      name: 'floods',
      output: stream(z.string()),
      on: websocket('/floods'),
      handle: async function* () {
        for (; made < 10_000; made++) yield 'x'.repeat(64 * 1024)
      },
    })
    await using served = await streamApp([floods])
    await using client = await Client.open(`${served.url}/floods`)
    client.socket.pause()
    let before = -1
    for (let still = 0; still < 50; still = made === before ? still + 1 : 0) {
      before = made
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    assert.ok(made < 500, `${made} messages were made`)
  })
  test('of the service holds the client up', async () => {
    const go = happening()
    const slow = service({
      name: 'slow',
      incoming: Message,
      output: stream(z.int()),
      on: websocket('/slow'),
      handle: async function* ({ incoming }) {
        await go.promise
        let n = 0
        for await (const _ of incoming) if (++n === 1000) yield n
      },
    })
    await using served = await streamApp([slow])
    await using client = await Client.open(`${served.url}/slow`)
    for (let n = 0; n < 1000; n++) client.send({ text: 'x' })
    go.resolve()
    assert.deepEqual(await client.messages(1), [1000])
  })
})

test('channels that could never work are start-up errors', async () => {
  const whole = service({ name: 'whole', output: z.int(), on: websocket('/whole', { keepAlive: 0 }), handle: () => 1 })
  const mute = service({
    name: 'mute',
    incoming: Message,
    output: stream(z.int()),
    on: get('/mute'),
    handle: () => [1],
  })
  await assert.rejects(streamApp([whole, mute]), (error: { reasons: string[] }) => {
    assert.deepEqual(error.reasons, [
      "GET /mute (mute) carries no messages of clients, but the service has 'incoming'",
      "WS /whole (whole) sends messages: give it an 'output' that is a stream(...)",
      'the keepAlive of WS /whole (whole) is 0: give a number above 0',
    ])
    return true
  })
})
