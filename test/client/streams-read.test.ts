import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { basic, client } from 'trestle/client'
import { z } from 'zod'
import { bytes } from '../../src/client/read/bytes.ts'
import { ItemError } from '../../src/client/read/item.ts'
import { jsonLines } from '../../src/client/read/json-lines.ts'
import { lines } from '../../src/client/read/lines.ts'
import { serverSentEvents } from '../../src/client/read/server-sent-events.ts'
import { event, get, service, stream } from '../../src/index.ts'
import { serveExample } from '../examples/served-example.ts'
import { streamApp } from '../http/stream-app.ts'
import { hurriedTime, ownTime } from './own-time.ts'
import { plainServer } from './sending.ts'

suite('streams of the echo endpoints', () => {
  test('are lines, items and bytes', async () => {
    await using bin = await serveExample('httpbin')
    const ask = (path: string, accept = '*/*') => fetch(new URL(path, bin.url), { headers: { accept } })
    const texts = await Array.fromAsync(lines(await ask('/stream/30')))
    assert.equal(texts.length, 30)
    const schema = z.object({ id: z.int(), url: z.string() })
    const items = await Array.fromAsync(jsonLines(await ask('/stream/30'), { schema }))
    assert.deepEqual(
      items.map(({ id }) => id),
      Array.from({ length: 30 }, (_, id) => id),
    )
    const sequence = await Array.fromAsync(jsonLines(await ask('/stream/3', 'application/json-seq'), { schema }))
    assert.deepEqual(
      sequence,
      items.slice(0, 3).map((item) => ({ ...item, url: item.url.replace('30', '3') })),
    )
    const events = await Array.fromAsync(serverSentEvents(await ask('/stream/3', 'text/event-stream'), { schema }))
    assert.deepEqual(
      events.map(({ data }) => data.id),
      [0, 1, 2],
    )
    let size = 0
    for await (const part of bytes(await ask('/bytes/100000?seed=1'))) size += part.length
    assert.equal(size, 100_000)
  })
})

suite('a stream', () => {
  test('that the reader leaves ends on the server', async () => {
    const ended = Promise.withResolvers<void>()
    const count = service({
      name: 'count',
      output: stream(z.int()),
      on: get('/count'),
      handle: async function* () {
        try {
          for (let number = 0; ; number++) {
            yield number
            await new Promise((resolve) => setImmediate(resolve))
          }
        } finally {
          ended.resolve()
        }
      },
    })
    await using app = await streamApp([count])
    for await (const number of jsonLines(await fetch(`${app.url}/count`))) if (number === 5) break
    await ended.promise
  })
  test('that is cut off in the middle of a character breaks behind what came', async () => {
    await using server = await plainServer((_, response) => {
      response.writeHead(200, { 'Content-Length': '100' })
      response.write(Buffer.from([...Buffer.from('{"a":1}\n{"b":"'), 0xe2, 0x82]), () => response.destroy())
    })
    const items: unknown[] = []
    const read = async () => {
      for await (const item of jsonLines(await fetch(server.url))) items.push(item)
    }
    await assert.rejects(read(), TypeError)
    assert.deepEqual(items, [{ a: 1 }])
  })
  test('that ends in the middle of a character has no last item', async () => {
    await using server = await plainServer((_, response) =>
      response.end(Buffer.from([...Buffer.from('{"a":1}\n{"b":"'), 0xe2, 0x82])),
    )
    const items = jsonLines(await fetch(server.url))
    assert.deepEqual((await items.next()).value, { a: 1 })
    await assert.rejects(items.next(), (error) => error instanceof ItemError && error.position === 2)
  })
  test('that is aborted fails with the abort', async () => {
    await using server = await plainServer((_, response) => void response.writeHead(200).write('1\n'))
    const caller = new AbortController()
    const items = jsonLines(await fetch(server.url, { signal: caller.signal }))
    assert.equal((await items.next()).value, 1)
    const next = items.next()
    caller.abort()
    await assert.rejects(next, { name: 'AbortError' })
  })
})

suite('server-sent events of a server', () => {
  test('go on over connections that break, and each comes once', async () => {
    let broken = 0
    const prices = service({
      name: 'prices',
      input: z.object({ after: z.int().default(0) }),
      output: stream(z.object({ price: z.int() })),
      on: get('/prices', { in: { after: { in: 'header', name: 'last-event-id' } } }),
      handle: async function* ({ input: { after } }) {
        for (let id = after + 1; id <= 9; id++) {
          yield event({ price: id * 10 }, { id: String(id), retry: 20 })
          if (id % 3 === 0 && id < 9) {
            broken++
            throw new Error('broken')
          }
        }
      },
    })
    await using app = await streamApp([prices])
    const time = hurriedTime()
    const open = (id = '') =>
      fetch(`${app.url}/prices`, {
        headers: { accept: 'text/event-stream', ...(id !== '' && { 'last-event-id': id }) },
      })
    const seen: string[] = []
    for await (const { data, event: kind, id } of serverSentEvents(await open(), { reopen: open, time })) {
      if (kind === 'message') seen.push(data)
      if (id === '9') break
    }
    assert.deepEqual(
      seen,
      Array.from({ length: 9 }, (_, index) => `{"price":${(index + 1) * 10}}`),
    )
    assert.equal(broken, 2)
    assert.deepEqual(time.waited, [20, 20])
  })
  test('end when the server has no more, over a server that is gone for a while', async () => {
    const ids: (string | undefined)[] = []
    await using server = await plainServer((request, response, number) => {
      ids.push(request.headers['last-event-id']?.toString())
      if (number === 2) return void response.destroy()
      if (number === 3) return void response.writeHead(502).end('gone')
      if (number === 5) return void response.writeHead(204).end()
      response.writeHead(200, { 'Content-Type': 'text/event-stream' })
      response.end(`id: ${number}\ndata: ${number}\n\n`)
    })
    const open = (id = '') => fetch(server.url, { headers: id === '' ? {} : { 'last-event-id': id } })
    const time = hurriedTime()
    const events = await Array.fromAsync(serverSentEvents(await open(), { reopen: open, time }))
    assert.deepEqual(
      events.map(({ data }) => data),
      ['1', '4'],
    )
    assert.deepEqual(ids, [undefined, '1', '1', '1', '4'])
    assert.deepEqual(time.waited, [3000, 6000, 12_000, 3000])
  })
  test('go on by the call itself, with its credentials, until the server has no more', async () => {
    const seen: (string | undefined)[][] = []
    await using server = await plainServer((request, response, number) => {
      seen.push([request.url, request.headers.authorization, request.headers['last-event-id']?.toString()])
      if (number === 2) return void response.destroy()
      if (number === 4) return void response.writeHead(204).end()
      response.writeHead(200, { 'Content-Type': 'text/event-stream' })
      response.write(`id: ${number}\ndata: ${number}\n\ndata: half`, () => response.destroy())
    })
    const time = hurriedTime()
    const api = client(server.url, { time, timeout: false, auth: basic('ada', 'secret') })
    const events = await Array.fromAsync(api.get('/{list}', { params: { list: 'prices' } }).events({ reopen: true }))
    assert.deepEqual(
      events.map(({ data, id }) => [data, id]),
      [
        ['1', '1'],
        ['3', '3'],
      ],
    )
    const authorization = `Basic ${btoa('ada:secret')}`
    assert.deepEqual(
      seen,
      [undefined, '1', '1', '3'].map((id) => ['/prices', authorization, id]),
    )
    assert.deepEqual(time.waited, [3000, 6000, 3000])
  })
  test('end with the abort of their call, also while they wait to be opened again', async () => {
    await using server = await plainServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' })
      response.end('id: 1\ndata: 1\n\n')
    })
    const time = ownTime()
    const stop = new AbortController()
    const api = client(server.url, { time, timeout: false })
    const events = api.get('/', { signal: stop.signal }).events({ reopen: true })
    assert.equal((await events.next()).value?.data, '1')
    const rest = events.next()
    await time.waiting()
    stop.abort(new DOMException('enough', 'AbortError'))
    await assert.rejects(rest, /enough/)
    assert.equal(server.requests.length, 1)
  })
  test('are not asked for again with a stream that is gone', async () => {
    await using server = await plainServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' })
      response.end('data: 1\n\n')
    })
    const events = client(server.url, { time: hurriedTime(), timeout: false })
      .post('/', { body: new Blob(['x']).stream() })
      .events({ reopen: true })
    await events.next()
    await assert.rejects(events.next(), /'reopen: true' cannot send a stream again/)
    assert.equal(server.requests.length, 1)
  })
})

suite('a line without end', () => {
  const endless = (prefix: string) => () =>
    new Response(
      new ReadableStream<Uint8Array>(
        { pull: (controller) => controller.enqueue(new TextEncoder().encode(prefix.padEnd(65_536, 'x'))) },
        { highWaterMark: 0 },
      ),
      { headers: { 'Content-Type': 'text/event-stream' } },
    )
  const api = (prefix = '') => client('http://server.example', { fetch: endless(prefix) })

  test('does not fill the memory', async () => {
    const tooLong = { name: 'ItemError', message: "Line 1 has more than 16777216 characters: raise 'maxLength'" }
    await assert.rejects(api().get('/').lines().next(), tooLong)
    await assert.rejects(api().get('/').items().next(), tooLong)
    await assert.rejects(api().get('/').events().next(), tooLong)
  })
  test('is found as soon as it is longer than is said, also one of many events in one', async () => {
    const maxLength = 1000
    await assert.rejects(api().get('/').lines({ maxLength }).next(), /^ItemError: Line 1 has more than 1000 characters/)
    const items = api('"a"\n"').get('/').items({ maxLength })
    assert.equal((await items.next()).value, 'a')
    await assert.rejects(items.next(), /^ItemError: Line 2 has more than 1000/)
    const events = client('http://server.example', {
      fetch: () => new Response('data: 12345\n'.repeat(300), { headers: { 'Content-Type': 'text/event-stream' } }),
    })
    await assert.rejects(events.get('/').events({ maxLength }).next(), /^ItemError: Line 201 has more than 1000/)
  })
})
