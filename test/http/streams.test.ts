import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { get } from '../../src/http/rest-channel.ts'
import { notFound } from '../../src/kernel/problem.ts'
import { service } from '../../src/kernel/service.ts'
import { stream } from '../../src/kernel/stream.ts'
import { ask, headerOf, jsonOf, RawConnection, requestText } from './raw-connection.ts'
import { happening, streamApp } from './stream-app.ts'

const Item = z.object({ n: z.int() })

const count = service({
  name: 'count',
  input: z.object({ to: z.int().min(0) }),
  output: stream(Item),
  on: get('/count/{to}'),
  handle: function* ({ input }) {
    for (let n = 1; n <= input.to; n++) yield { n }
  },
})

/** The chunks of a reply that was sent in chunks. */
function unchunked(text: string): string {
  const body = text.slice(text.indexOf('\r\n\r\n') + 4)
  const parts: string[] = []
  for (let at = 0; ; ) {
    const line = body.indexOf('\r\n', at)
    const size = Number.parseInt(body.slice(at, line), 16)
    if (!(size > 0)) return parts.join('')
    parts.push(body.slice(line + 2, line + 2 + size))
    at = line + 4 + size
  }
}

suite('a stream over REST', () => {
  for (const [accept, type, text] of [
    ['*/*', 'application/jsonl', '{"n":1}\n{"n":2}\n'],
    ['application/x-ndjson', 'application/x-ndjson', '{"n":1}\n{"n":2}\n'],
    ['application/json-seq', 'application/json-seq', '\u001e{"n":1}\n\u001e{"n":2}\n'],
    ['application/json', 'application/json', '[{"n":1},{"n":2}]'],
    ['text/event-stream', 'text/event-stream', 'data: {"n":1}\n\ndata: {"n":2}\n\n'],
    ['text/html, application/json;q=0.5, application/jsonl;q=0.1', 'application/json', '[{"n":1},{"n":2}]'],
  ]) {
    test(`is ${type} for Accept: ${accept}, on the socket and without`, async () => {
      await using served = await streamApp([count])
      const ways = [(request: Request) => fetch(request), (request: Request) => served.app.fetch(request)]
      for (const send of ways) {
        const reply = await send(new Request(`${served.url}/count/2`, { headers: { accept: accept ?? '' } }))
        assert.equal(reply.status, 200)
        assert.equal(reply.headers.get('content-type'), type)
        assert.equal(reply.headers.get('content-length'), null)
        assert.equal(reply.headers.get('vary'), 'Accept')
        assert.equal(await reply.text(), text)
      }
    })
  }
  test('may be empty', async () => {
    await using served = await streamApp([count])
    const get = async (accept: string): Promise<string> =>
      (await fetch(`${served.url}/count/0`, { headers: { accept } })).text()
    assert.deepEqual([await get('application/json'), await get('application/jsonl')], ['[]', ''])
  })
  test('is refused in any other type, before the service runs', async () => {
    await using served = await streamApp([count])
    const reply = await ask(served.port, 'GET /count/2', { Accept: 'image/png' })
    assert.equal(reply.status, 406)
    assert.equal(jsonOf(reply).code, 'not_acceptable')
  })
  test('has the formats that the channel says, the first by default', async () => {
    const lines = service({
      name: 'lines',
      output: stream(z.int()),
      on: get('/lines', { stream: { formats: ['application/x-ndjson'] } }),
      handle: () => [1],
    })
    await using served = await streamApp([lines])
    const reply = await fetch(`${served.url}/lines`)
    assert.equal(reply.headers.get('content-type'), 'application/x-ndjson')
    assert.equal(reply.headers.get('vary'), null)
    assert.equal((await ask(served.port, 'GET /lines', { Accept: 'application/json' })).status, 406)
  })
  test('that fails before its first item is a problem, and so is a bad input', async () => {
    const fails = service({
      name: 'fails',
      output: stream(Item),
      on: get('/fails'),
      handle: async function* ({ log }) {
        log.debug('looking')
        await new Promise((resolve) => setImmediate(resolve))
        notFound('There is none')
        yield { n: 1 }
      },
    })
    await using served = await streamApp([fails, count])
    const reply = await ask(served.port, 'GET /fails')
    assert.equal(reply.status, 404)
    assert.equal(jsonOf(reply).detail, 'There is none')
    assert.equal((await ask(served.port, 'GET /count/x')).status, 422)
  })
  test('that fails in the middle is cut, so that it cannot pass for whole, and is logged', async () => {
    let go = happening()
    const breaks = service({
      name: 'breaks',
      output: stream(Item),
      on: get('/breaks'),
      handle: async function* () {
        yield { n: 1 }
        await go.promise
        throw new Error('secret')
      },
    })
    await using served = await streamApp([breaks])
    for (const accept of ['application/jsonl', 'application/json']) {
      go = happening()
      const reply = await fetch(`${served.url}/breaks`, { headers: { accept } })
      go.resolve()
      await assert.rejects(reply.text())
    }
    const reply = await served.app.fetch(new Request(`${served.url}/breaks`))
    await assert.rejects(reply.text(), /secret/)
    assert.deepEqual(served.errors(), Array(3).fill('breaks failed: secret'))
  })
  test('leaves its headers when the first item takes long', async () => {
    const go = happening()
    const slow = service({
      name: 'slow',
      output: stream(Item),
      on: get('/slow', { stream: { patience: 1 } }),
      handle: async function* () {
        await go.promise
        yield { n: 1 }
      },
    })
    await using served = await streamApp([slow])
    const reply = await fetch(`${served.url}/slow`)
    assert.equal(reply.status, 200)
    go.resolve()
    assert.equal(await reply.text(), '{"n":1}\n')
  })
  test('goes to an HTTP/1.0 client without chunks, and ends with the connection', async () => {
    await using served = await streamApp([count])
    await using connection = await RawConnection.open(served.port)
    connection.send('GET /count/2 HTTP/1.0\r\nHost: test\r\n\r\n')
    const text = await connection.rest()
    assert.match(text, /^HTTP\/1\.1 200 OK\r\n/)
    assert.doesNotMatch(text, /transfer-encoding/i)
    assert.match(text, /\r\nConnection: close\r\n/i)
    assert.equal(text.slice(text.indexOf('\r\n\r\n') + 4), '{"n":1}\n{"n":2}\n')
  })
  test('has headers alone for HEAD, and runs no generator', async () => {
    let ran = false
    const runs = service({
      name: 'runs',
      output: stream(Item),
      on: get('/runs'),
      handle: function* () {
        ran = true
        yield { n: 1 }
      },
    })
    await using served = await streamApp([runs])
    const reply = await ask(served.port, 'HEAD /runs')
    assert.equal(reply.status, 200)
    assert.equal(headerOf(reply, 'content-type'), 'application/jsonl')
    assert.equal(ran, false)
  })
  test('keeps the connection for the next request, also one that was sent along', async () => {
    await using served = await streamApp([count])
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /count/1'), requestText('GET /count/2', { Connection: 'close' }))
    const [first = '', second = ''] = (await connection.rest()).split(/(?<=0\r\n\r\n)/)
    assert.deepEqual([unchunked(first), unchunked(second)], ['{"n":1}\n', '{"n":1}\n{"n":2}\n'])
  })
})

suite('a client that goes away while a stream is sent', () => {
  test('closes the generator, whose finally runs, and aborts the signal', async () => {
    const ended = happening<boolean>()
    const ticks = service({
      name: 'ticks',
      output: stream(Item),
      on: get('/ticks'),
      handle: async function* ({ signal }) {
        try {
          yield { n: 1 }
          await new Promise((resolve) => signal.addEventListener('abort', resolve))
          yield { n: 2 }
        } finally {
          ended.resolve(signal.aborted)
        }
      },
    })
    await using served = await streamApp([ticks])
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /ticks'))
    while (!connection.unread.includes('{"n":1}')) await new Promise((resolve) => setImmediate(resolve))
    connection.socket.resetAndDestroy()
    assert.equal(await ended.promise, true)
    assert.deepEqual(served.errors(), [])
  })
  test('closes it without a socket, too', async () => {
    const ended = happening()
    const endless = service({
      name: 'endless',
      output: stream(Item),
      on: get('/endless'),
      handle: async function* () {
        try {
          for (let n = 1; ; n++) yield { n }
        } finally {
          ended.resolve()
        }
      },
    })
    await using served = await streamApp([endless])
    const reply = await served.app.fetch(new Request('http://localhost/endless'))
    await reply.body?.cancel()
    await ended.promise
  })
})

suite('a server that stops while a stream is sent', () => {
  test('lets a finite one finish', async () => {
    const go = happening()
    const finite = service({
      name: 'finite',
      output: stream(Item),
      on: get('/finite'),
      handle: async function* () {
        yield { n: 1 }
        await go.promise
        yield { n: 2 }
      },
    })
    await using served = await streamApp([finite])
    const reply = await fetch(`${served.url}/finite`)
    const closed = served.app.close()
    go.resolve()
    assert.equal(await reply.text(), '{"n":1}\n{"n":2}\n')
    assert.equal(await closed, 0)
  })
  test('cuts it at the deadline, which aborts its signal', async () => {
    const ended = happening()
    const endless = service({
      name: 'endless',
      output: stream(Item),
      on: get('/endless'),
      handle: async function* ({ signal }) {
        yield { n: 1 }
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        ended.resolve()
      },
    })
    await using served = await streamApp([endless])
    const reply = await fetch(`${served.url}/endless`)
    assert.equal(await served.app.close({ deadline: 1 }), 1)
    await assert.rejects(reply.text())
    await ended.promise
  })
})

test('bad settings of streams are start-up errors', async () => {
  const wrong = service({
    name: 'wrong',
    output: stream(Item),
    on: get('/wrong', { stream: { formats: ['text/plain' as never], keepAlive: 0, patience: -1 } }),
    handle: () => [],
  })
  await assert.rejects(streamApp([wrong]), (error: { reasons: string[] }) => {
    assert.deepEqual(error.reasons, [
      "GET /wrong (wrong) streams as 'text/plain': give application/jsonl, application/x-ndjson, application/json-seq, application/json, text/event-stream",
      'the stream.keepAlive of GET /wrong (wrong) is 0: give milliseconds',
      'the stream.patience of GET /wrong (wrong) is -1: give milliseconds',
    ])
    return true
  })
})

test('the description says what each item is', async () => {
  await using served = await streamApp([count])
  const operation = served.app.description.operations.find(({ service: name }) => name === 'count')
  const contents = operation?.reply.body?.contents ?? []
  assert.deepEqual(
    contents.map(({ type }) => type),
    ['application/jsonl', 'application/x-ndjson', 'application/json-seq', 'application/json', 'text/event-stream'],
  )
  assert.equal(contents[0]?.itemSchema?.type, 'object')
  assert.equal(contents[3]?.schema?.type, 'array')
  assert.ok(operation?.problems.some(({ status }) => status === 406))
})
