import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { get } from '../../src/http/rest-channel.ts'
import { createHttpServer } from '../../src/http/server/server.ts'
import { provider } from '../../src/kernel/provider.ts'
import { service } from '../../src/kernel/service.ts'
import { createApp } from '../../src/platform/app.ts'
import { echo, json } from './echo.ts'
import { gate } from './gate.ts'
import { ask, headerOf, jsonOf, RawConnection, requestText } from './raw-connection.ts'
import { type Served, serve } from './served.ts'

const long = { deadline: 60_000 }

/** Waits until the port refuses connections; one that slips in before is closed again, by either side. */
async function refusing(port: number): Promise<void> {
  for (;;) {
    try {
      await using _connection = await RawConnection.open(port)
    } catch (error) {
      if (Reflect.get(error as object, 'code') === 'ECONNREFUSED') return
    }
  }
}

suite('a server that is told to stop', () => {
  test('finishes what is in flight, says that the connection ends, and takes no new one', async () => {
    const { wait, begun, open } = gate()
    await using served = await serve([wait])
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /wait/x'))
    await begun
    const stopped = served.server.stop(long)
    assert.equal(served.server.stopping, true)
    await refusing(served.port)
    open()
    const reply = await connection.reply()
    assert.deepEqual(jsonOf(reply), { text: 'x' })
    assert.equal(headerOf(reply, 'connection'), 'close')
    assert.equal(await connection.rest(), '')
    assert.equal(await stopped, 0)
  })
  test('answers what comes on a connection that was idle, and closes it then', async () => {
    const { wait, begun, open } = gate()
    await using served = await serve([echo, wait])
    await using busy = await RawConnection.open(served.port)
    await using idle = await RawConnection.open(served.port)
    idle.send(requestText('GET /echo/before'))
    assert.notEqual(headerOf(await idle.reply(), 'connection'), 'close')
    busy.send(requestText('GET /wait/x'))
    await begun
    const stopped = served.server.stop(long)
    while (served.server.listening) await new Promise((resolve) => setImmediate(resolve))
    idle.send(requestText('GET /echo/after'))
    const reply = await idle.reply()
    assert.deepEqual(jsonOf(reply), { text: 'after' })
    assert.equal(headerOf(reply, 'connection'), 'close')
    assert.equal(await idle.rest(), '')
    open()
    await busy.reply()
    assert.equal(await stopped, 0)
  })
  test('closes connections that stay idle, without a word', async () => {
    await using served = await serve([echo])
    await using fresh = await RawConnection.open(served.port)
    await using used = await RawConnection.open(served.port)
    used.send(requestText('GET /echo/x'))
    await used.reply()
    assert.equal(await served.server.stop(long), 0)
    assert.equal(await fresh.rest(), '')
    assert.equal(await used.rest(), '')
  })
  test('answers all requests that were sent at once, and only the last reply ends the connection', async () => {
    const { wait, begun, open } = gate()
    await using served = await serve([echo, wait])
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /wait/1'), requestText('GET /wait/2'), requestText('GET /wait/3'))
    await begun
    const stopped = served.server.stop(long)
    await refusing(served.port)
    open()
    for (const text of ['1', '2', '3']) {
      const reply = await connection.reply()
      assert.deepEqual(jsonOf(reply), { text })
      assert.equal(headerOf(reply, 'connection'), text === '3' ? 'close' : 'keep-alive')
    }
    assert.equal(await connection.rest(), '')
    assert.equal(await stopped, 0)
  })
  test('sends a large reply in full to a client that reads slowly', async () => {
    const size = 16 * 1024 * 1024
    const large = service({ name: 'large', output: z.string(), on: get('/large'), handle: () => 'x'.repeat(size) })
    await using served = await serve([large, echo])
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /echo/x'))
    await connection.reply()
    connection.socket.pause()
    connection.send(requestText('GET /large'))
    await using other = await RawConnection.open(served.port)
    other.send(requestText('GET /echo/x'))
    await other.reply()
    const stopped = served.server.stop(long)
    // This one is idle, and closed when the time for idle connections has come.
    assert.equal(await other.rest(), '')
    connection.socket.resume()
    assert.equal((await connection.reply()).body.length, size + 2)
    assert.equal(await stopped, 0)
  })
  test('waits for a body that is being uploaded', async () => {
    await using served = await serve([echo])
    await using connection = await RawConnection.open(served.port)
    connection.send(
      'POST /echo HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 12\r\n\r\n',
    )
    assert.equal((await connection.reply()).status, 100)
    connection.send('{"te')
    const stopped = served.server.stop(long)
    await refusing(served.port)
    connection.send('xt":"x"}')
    const reply = await connection.reply()
    assert.deepEqual(jsonOf(reply), { text: 'x' })
    assert.equal(headerOf(reply, 'connection'), 'close')
    assert.equal(await stopped, 0)
  })
  test('lets a client send the rest of a body that was refused', async () => {
    const { wait, begun, open } = gate()
    await using served = await serve([echo, wait])
    await using busy = await RawConnection.open(served.port)
    busy.send(requestText('GET /wait/x'))
    await begun
    await using connection = await RawConnection.open(served.port)
    connection.send('POST /nothing HTTP/1.1\r\nHost: test\r\nContent-Length: 1000000\r\n\r\n')
    const stopped = served.server.stop(long)
    assert.equal((await connection.reply()).status, 404)
    while (served.server.listening) await new Promise((resolve) => setImmediate(resolve))
    connection.send('x'.repeat(1_000_000), requestText('GET /echo/next'))
    const reply = await connection.reply()
    assert.deepEqual(jsonOf(reply), { text: 'next' })
    assert.equal(headerOf(reply, 'connection'), 'close')
    open()
    assert.equal((await busy.reply()).status, 200)
    assert.equal(await stopped, 0)
  })
  test('cuts what hangs at the deadline, and returns how many connections that were', async () => {
    const { wait, begun } = gate()
    await using served = await serve([echo, wait])
    await using first = await RawConnection.open(served.port)
    await using second = await RawConnection.open(served.port)
    await using idle = await RawConnection.open(served.port)
    for (const connection of [first, second]) connection.send(requestText('GET /wait/x'), requestText('GET /wait/y'))
    await begun
    assert.equal(await served.server.stop({ deadline: 50 }), 2)
    for (const connection of [first, second, idle]) assert.equal(await connection.rest(), '')
  })
  test('stops once, however often it is told to', async () => {
    const { wait, begun, open } = gate()
    await using served = await serve([wait])
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /wait/x'))
    await begun
    let stops = 0
    const stopped = [1, 2].map(() => served.server.stop(long).then((cut) => [++stops, cut]))
    await refusing(served.port)
    assert.equal(stops, 0)
    open()
    assert.deepEqual((await connection.reply()).status, 200)
    assert.deepEqual(await Promise.all(stopped), [
      [1, 0],
      [2, 0],
    ])
  })
})

test('a server under load answers every request that it has accepted', async () => {
  await using served: Served = await serve([echo])
  let answered = 0
  let stopped: Promise<number> | undefined
  const client = async (name: number): Promise<void> => {
    for (let round = 0; ; round++) {
      let connection: RawConnection
      try {
        connection = await RawConnection.open(served.port)
      } catch {
        return
      }
      await using open = connection
      for (let at = 0; at < 50; at++) {
        const text = `${name}-${round}-${at}`
        open.send(requestText('POST /echo', json, JSON.stringify({ text })))
        const reply = await open.reply().catch((error: unknown) => {
          // A connection that the server has not come to accept before it stops is reset without a word.
          if (at > 0 || stopped === undefined) throw error
        })
        if (reply === undefined) return
        assert.deepEqual(jsonOf(reply), { text })
        if (++answered === 500) stopped = served.server.stop(long)
        if (headerOf(reply, 'connection') === 'close') break
      }
    }
  }
  await Promise.all(Array.from({ length: 20 }, (_, name) => client(name)))
  assert.equal(await stopped, 0)
  assert.ok(answered >= 500)
})

suite('a server', () => {
  const answer = (): void => {}
  const newCid = (): string => 'cid'
  const anywhere = { port: 0, host: '127.0.0.1' }

  test('may be stopped before it listens, and does not listen then', async () => {
    const server = createHttpServer({ answer, newCid })
    assert.equal(await server.stop(long), 0)
    await assert.rejects(server.listen(anywhere), { message: 'the server has been stopped: make a new one' })
  })
  test('may be stopped while it is about to listen', async () => {
    const server = createHttpServer({ answer, newCid })
    const listening = server.listen({ port: 0, host: 'localhost' })
    assert.equal(await server.stop(long), 0)
    await assert.rejects(listening, { message: 'the server was stopped before it listened' })
  })
  test('says so when its port is taken, and may listen on another then', async () => {
    await using served = await serve([echo])
    const server = createHttpServer({ answer, newCid })
    await assert.rejects(server.listen({ port: served.port, host: '127.0.0.1' }), { code: 'EADDRINUSE' })
    const { port } = await server.listen(anywhere)
    assert.notEqual(port, served.port)
    assert.equal(await server.stop(long), 0)
    assert.equal((await ask(served.port, 'GET /echo/x')).status, 200)
  })
})

test('an app that stops says so to who asks for its health, while it finishes what is in flight', async () => {
  const { wait, begun, open } = gate()
  await using app = createApp({ services: [wait], log: 'silent' })
  const { port } = await app.listen({ port: 0 })
  await using busy = await RawConnection.open(port)
  await using probe = await RawConnection.open(port)
  await using liveness = await RawConnection.open(port)
  for (const path of ['/health', '/health/ready', '/health/live']) {
    probe.send(requestText(`GET ${path}`))
    const reply = await probe.reply()
    assert.equal(reply.status, 200)
    assert.deepEqual(jsonOf(reply), { status: 'pass' })
  }
  busy.send(requestText('GET /wait/x'))
  await begun
  const closed = app.close(long)
  while (app.listening) await new Promise((resolve) => setImmediate(resolve))
  probe.send(requestText('GET /health'))
  const reply = await probe.reply()
  assert.equal(reply.status, 503)
  assert.deepEqual(jsonOf(reply), { status: 'fail', output: 'The server is stopping' })
  assert.equal(headerOf(reply, 'connection'), 'close')
  liveness.send(requestText('GET /health/live'))
  assert.equal((await liveness.reply()).status, 200)
  open()
  assert.deepEqual(jsonOf(await busy.reply()), { text: 'x' })
  assert.equal(await closed, 0)
})

test('an app that is closed twice disposes of nothing while a call is in flight', async () => {
  const begun = Promise.withResolvers<void>()
  const open = Promise.withResolvers<void>()
  let disposed = false
  const store = provider(() => 'value', {
    scope: 'app',
    dispose: () => {
      disposed = true
    },
  })
  const reads = service({
    name: 'reads',
    use: { store },
    output: z.boolean(),
    on: get('/reads'),
    handle: async () => {
      begun.resolve()
      await open.promise
      return disposed
    },
  })
  await using app = createApp({ services: [reads], log: 'silent' })
  const { port } = await app.listen({ port: 0 })
  await using connection = await RawConnection.open(port)
  connection.send(requestText('GET /reads'))
  await begun.promise
  const closed = [app.close(long), app.close(long)]
  await refusing(port)
  open.resolve()
  assert.equal((await connection.reply()).body.toString(), 'false')
  assert.deepEqual(await Promise.all(closed), [0, 0])
  assert.equal(disposed, true)
})
