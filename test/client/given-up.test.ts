import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { suite, test } from 'node:test'
import { bearer, type ClientSettings, client, type RequestOptions, TimeoutError } from 'trestle/client'
import { ownTime } from './own-time.ts'
import { rawServer } from './raw-server.ts'

const reply = (body: string, headers = ''): string => `HTTP/1.1 200 OK\r\n${headers}Content-Length: 10\r\n\r\n${body}`
const over = new DOMException('enough', 'AbortError')

suite('an abort ends a call with its reason', { concurrency: true }, () => {
  test('before it began: nothing is sent, and no body is opened', async () => {
    await using server = await rawServer((socket) => socket.write(reply('0123456789')))
    let opened = false
    async function* body(): AsyncGenerator<string> {
      opened = true
      yield 'text'
    }
    const signal = AbortSignal.abort(over)
    await assert.rejects(client(server.url).post('/', { signal, body: body() }), over)
    await assert.rejects(client(server.url).get('/', { signal }).json(), over)
    assert.deepEqual([server.heads.length, opened], [0, false])
  })
  test('while it waits to send again', async () => {
    await using server = await rawServer((socket) =>
      socket.write('HTTP/1.1 503 Busy\r\nRetry-After: 50\r\nContent-Length: 0\r\n\r\n'),
    )
    const stop = new AbortController()
    const time = ownTime()
    const call = client(server.url, { retry: 3, time, timeout: false }).get('/', { signal: stop.signal })
    await time.waiting()
    assert.deepEqual(time.waits(), [50_000])
    stop.abort(over)
    await assert.rejects(call, over)
    assert.deepEqual([time.waits(), server.heads.length], [[], 1])
  })
  test('in the middle of redirects', async () => {
    const stop = new AbortController()
    await using server = await rawServer((socket, _, number) => {
      if (number === 3) stop.abort(over)
      else socket.write('HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n')
    })
    await assert.rejects(client(server.url).get('/', { signal: stop.signal }), over)
    assert.equal(server.heads.length, 3)
  })
  test('between the head and the body, in the body, and in each kind of stream', async () => {
    const readings: Readonly<Record<string, (options: RequestOptions, url: string) => Promise<unknown>>> = {
      json: (options, url) => client(url).get('/', options).json(),
      text: (options, url) => client(url).get('/', options).text(),
      lines: (options, url) => Array.fromAsync(client(url).get('/', options).lines()),
      items: (options, url) => Array.fromAsync(client(url).get('/', options).items()),
      events: (options, url) => Array.fromAsync(client(url).get('/', options).events({ reopen: true })),
    }
    for (const [name, read] of Object.entries(readings)) {
      for (const body of ['', '"1"\n']) {
        const stop = new AbortController()
        const type = name === 'events' ? 'Content-Type: text/event-stream\r\n' : ''
        await using server = await rawServer((socket) => {
          socket.write(reply(body, type))
          setImmediate(() => stop.abort(over))
        })
        await assert.rejects(read({ signal: stop.signal }, server.url), over, `${name} after '${body}'`)
        await server.closed(1)
      }
    }
  })
  test('after it was done, changes nothing', async () => {
    await using server = await rawServer((socket) => socket.write(reply('0123456789')))
    const stop = new AbortController()
    const answer = await client(server.url).get('/', { signal: stop.signal })
    assert.equal(await answer.text(), '0123456789')
    stop.abort(over)
    assert.equal(await answer.text(), '0123456789')
  })
})

suite('whoever takes part and never answers is given up', { concurrency: true }, () => {
  const never = () => new Promise<never>(() => {})
  const parts: Readonly<Record<string, ClientSettings>> = {
    'an own auth': { auth: never },
    'a token': { auth: bearer(never) },
    'the refresh of a token': {
      auth: bearer('old', { refresh: never }),
      fetch: () => new Response(null, { status: 401 }),
    },
    'a hook': { onRequest: never },
    'a layer': { layers: [never] },
    'a decision to send again': { retry: { should: never }, fetch: () => new Response(null, { status: 500 }) },
    'a transport': { fetch: never },
  }
  for (const [what, settings] of Object.entries(parts)) {
    test(what, async () => {
      const api = client('http://server.example', { fetch: () => new Response(), ...settings })
      await assert.rejects(api.get('/', { timeout: 5 }), { phase: 'total' })
      await assert.rejects(api.get('/', { timeout: false, signal: AbortSignal.timeout(5) }), { name: 'TimeoutError' })
      const isInside = settings.auth !== undefined
      if (isInside) await assert.rejects(api.get('/', { timeout: { attempt: 5 } }), { phase: 'attempt' })
    })
  }
})

suite('a timeout ends a call', { concurrency: true }, () => {
  /** A server that says what it is told to, when it is told to. */
  async function slow(first = '') {
    const asked = Promise.withResolvers<Socket>()
    const server = await rawServer((socket) => {
      socket.write(first)
      asked.resolve(socket)
    })
    const time = ownTime()
    return { server, time, asked: asked.promise, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
  }
  const phaseOf = (phase: string, timeout: number) => (error: unknown) => {
    assert.ok(error instanceof TimeoutError, String(error))
    assert.deepEqual([error.phase, error.timeout], [phase, timeout])
    assert.match(
      error.message,
      new RegExp(`^GET \\S+ .+ within ${timeout} ms: give it more time with 'timeout.${phase}'$`),
    )
    return true
  }

  test('when the head does not come: headers, attempt, total, whichever is first', async () => {
    for (const phase of ['headers', 'attempt', 'total']) {
      await using it = await slow('HTTP/1.1 200 OK\r\nX-Slow')
      const timeout = { total: 90, attempt: 90, headers: 90, [phase]: 70 }
      const call = client(it.server.url, { time: it.time, timeout }).get('/')
      await it.asked
      it.time.pass(70)
      await assert.rejects(call, phaseOf(phase, 70))
      assert.deepEqual(it.time.waits(), [])
    }
  })
  test('when the body stalls: idle, total', async () => {
    for (const phase of ['idle', 'total']) {
      await using it = await slow(reply('01234'))
      const timeout = { total: 90, idle: 90, [phase]: 70 }
      const answer = await client(it.server.url, { time: it.time, timeout }).get('/')
      const first = Promise.withResolvers<void>()
      const call = (
        phase === 'idle' ? Array.fromAsync(answer.stream(), () => first.resolve()) : answer.text()
      ) as Promise<unknown>
      const failed = assert.rejects(call, phaseOf(phase, 70))
      if (phase === 'idle') await first.promise
      await it.time.waiting()
      it.time.pass(70)
      await failed
      assert.deepEqual(it.time.waits(), [])
      await it.server.closed(1)
    }
  })
  test('that is spent in waiting to send again', async () => {
    await using it = await slow('HTTP/1.1 503 Busy\r\nRetry-After: 50\r\nContent-Length: 0\r\n\r\n')
    const call = client(it.server.url, { time: it.time, retry: 5, timeout: 20_000 }).get('/')
    const failed = assert.rejects(call, phaseOf('total', 20_000))
    while (it.time.waits().length < 2) await new Promise((resolve) => setImmediate(resolve))
    it.time.pass(20_000)
    await failed
    assert.equal(it.server.heads.length, 1)
  })
  test('never, where it is longer than timers can be', async () => {
    for (const timeout of [Number.POSITIVE_INFINITY, 2 ** 40]) {
      const fetch = () =>
        new Promise<Response>((resolve) => setImmediate(() => setTimeout(resolve, 5, new Response('late'))))
      assert.equal(await client('http://server.example', { fetch, timeout }).get('/').text(), 'late')
    }
  })
})
