import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type CircuitSettings, circuit as makeCircuit } from '../../src/client/circuit/circuit.ts'
import { CircuitOpenError } from '../../src/client/circuit/circuit-open-error.ts'
import { type Layer, layered, type OutgoingRequest } from '../../src/client/layer.ts'
import { retryLayer } from '../../src/client/retry/retry.ts'
import type { ClientTime } from '../../src/client/time.ts'
import { hurriedTime, ownTime } from './own-time.ts'
import { outgoing, plainServer, send } from './sending.ts'

function circuitLayer(settings: CircuitSettings, { time }: { readonly time: ClientTime }): Layer {
  const { guard } = makeCircuit(settings)
  return (request, next) => guard(request, next, time)
}

/** A server that answers as it is told to, and a client with a circuit. */
async function circuit(settings: CircuitSettings = {}) {
  const time = ownTime()
  const changes: string[] = []
  const control = { status: 500 }
  const server = await plainServer((_, response) => {
    if (control.status === 0) response.destroy()
    else response.writeHead(control.status).end()
  })
  const layer = circuitLayer({ onChange: (_, state) => changes.push(state), ...settings }, { time })
  const sendAll = layered([layer], send)
  const ask = async (status = control.status): Promise<number | string> => {
    control.status = status
    return sendAll(outgoing(server.url)).then(
      (reply) => reply.status,
      (error: Error) => error.name,
    )
  }
  return { time, changes, ask, layer, server, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

suite('a circuit', () => {
  test('opens after five failures in a row, and says until when', async () => {
    await using it = await circuit()
    for (const status of [500, 0, 503, 500]) await it.ask(status)
    assert.equal(await it.ask(204), 204)
    for (const status of [500, 0, 503, 500]) await it.ask(status)
    assert.deepEqual(it.changes, [])
    await it.ask(500)
    assert.deepEqual(it.changes, ['open'])
    const asked = layered([it.layer], send)(outgoing(`${it.server.url}/x`))
    await assert.rejects(asked, (error) => {
      assert.ok(error instanceof CircuitOpenError)
      assert.equal(error.origin, it.server.url)
      assert.equal(error.until.getTime(), it.time.now() + 30_000)
      assert.match(
        error.message,
        /^GET http:\S+ was not sent: http:\S+ keeps failing, and is left alone until 1970-01-01T00:17:10.000Z$/,
      )
      return true
    })
    assert.equal(it.server.requests.length, 10)
  })
  test('does not count what is the fault of the request', async () => {
    await using it = await circuit({ failures: 1 })
    for (const status of [400, 404, 422, 429, 301]) assert.equal(await it.ask(status), status)
    assert.deepEqual(it.changes, [])
  })
  test('counts what it is told to', async () => {
    await using it = await circuit({ failures: 2, isFailure: ({ status }) => status === 429 })
    await it.ask(500)
    await it.ask(429)
    await it.ask(429)
    assert.deepEqual(it.changes, ['open'])
  })
  test('lets one request try it out after a while, and closes when that succeeds', async () => {
    await using it = await circuit({ failures: 1, open: 1000 })
    await it.ask(500)
    it.time.pass(999)
    assert.equal(await it.ask(200), 'CircuitOpenError')
    it.time.pass(1)
    assert.deepEqual(await Promise.all([it.ask(200), it.ask(200)]), [200, 'CircuitOpenError'])
    assert.deepEqual(it.changes, ['open', 'half-open', 'closed'])
    assert.equal(await it.ask(200), 200)
  })
  test('opens again when the trial fails', async () => {
    await using it = await circuit({ failures: 3, open: 1000 })
    for (let count = 0; count < 3; count++) await it.ask(500)
    it.time.pass(1000)
    assert.equal(await it.ask(500), 500)
    assert.equal(await it.ask(200), 'CircuitOpenError')
    it.time.pass(1000)
    assert.equal(await it.ask(200), 200)
    assert.deepEqual(it.changes, ['open', 'half-open', 'open', 'half-open', 'closed'])
  })
  test('wants as many successes as it has probes', async () => {
    await using it = await circuit({ failures: 1, open: 1000, probes: 2 })
    await it.ask(500)
    it.time.pass(1000)
    assert.equal(await it.ask(200), 200)
    assert.deepEqual(it.changes, ['open', 'half-open'])
    assert.deepEqual(await Promise.all([it.ask(200), it.ask(200)]), [200, 'CircuitOpenError'])
    assert.deepEqual(it.changes, ['open', 'half-open', 'closed'])
  })
  test('opens at a share of failures within a window', async () => {
    await using it = await circuit({ rate: 0.5, window: 10_000, minimum: 4 })
    for (const status of [500, 500, 500]) await it.ask(status)
    assert.deepEqual(it.changes, [], 'three say nothing')
    it.time.pass(10_000)
    for (const status of [200, 200, 200, 500, 500]) await it.ask(status)
    assert.deepEqual(it.changes, [], 'the first three are forgotten')
    await it.ask(500)
    assert.deepEqual(it.changes, ['open'])
  })
  test('is one for each origin', async () => {
    await using it = await circuit({ failures: 1 })
    await using other = await plainServer((_, response) => response.end())
    await it.ask(500)
    const reply = await layered([it.layer], send)(outgoing(other.url))
    assert.equal(reply.status, 200)
    assert.equal(await it.ask(200), 'CircuitOpenError')
  })
  test('does not count callers who give up, but does those whose time is up', async () => {
    const changes: string[] = []
    const layer = circuitLayer(
      { failures: 1, open: 0, onChange: (_, state) => changes.push(state) },
      { time: ownTime() },
    )
    const giveUp = async (name: string) => {
      const caller = new AbortController()
      const sendAll = layered([layer], async ({ signal }: OutgoingRequest) => {
        caller.abort(new DOMException('over', name))
        signal.throwIfAborted()
        return new Response()
      })
      await assert.rejects(sendAll(outgoing('http://a.example', { signal: caller.signal })), /over/)
    }
    await giveUp('AbortError')
    assert.deepEqual(changes, [])
    await giveUp('TimeoutError')
    assert.deepEqual(changes, ['open'])
    await giveUp('AbortError')
    assert.deepEqual(changes, ['open', 'half-open'])
    await giveUp('TimeoutError')
    assert.deepEqual(changes, ['open', 'half-open', 'open'], 'the place of the one who gave up was free')
  })
  test('does not hear of requests that were sent before it opened', async () => {
    const time = ownTime()
    const changes: string[] = []
    const layer = circuitLayer({ failures: 1, open: 10, onChange: (_, state) => changes.push(state) }, { time })
    const late = Promise.withResolvers<Response>()
    const slow = layered([layer], () => late.promise)(outgoing('http://a.example'))
    const ask = (status: number) =>
      layered([layer], async () => new Response(null, { status }))(outgoing('http://a.example'))
    await ask(500)
    time.pass(10)
    await ask(200)
    assert.deepEqual(changes, ['open', 'half-open', 'closed'])
    late.resolve(new Response(null, { status: 500 }))
    await slow
    assert.deepEqual(changes, ['open', 'half-open', 'closed'])
  })
  test('counts each attempt inside of retries, which end when it opens', async () => {
    await using server = await plainServer((_, response) => response.writeHead(503).end())
    const time = hurriedTime()
    const layers = [retryLayer({ limit: 9 }, { time }), circuitLayer({ failures: 3 }, { time })]
    await assert.rejects(layered(layers, send)(outgoing(server.url)), CircuitOpenError)
    assert.equal(server.requests.length, 3)
  })
})
