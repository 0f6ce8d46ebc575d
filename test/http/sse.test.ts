import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { get } from '../../src/http/rest-channel.ts'
import { service } from '../../src/kernel/service.ts'
import { stream } from '../../src/kernel/stream.ts'
import { event } from '../../src/kernel/stream-event.ts'
import { topic } from '../../src/kernel/topic.ts'
import { createApp } from '../../src/platform/app.ts'
import { RawConnection, requestText } from './raw-connection.ts'
import { happening, streamApp } from './stream-app.ts'

const events = { accept: 'text/event-stream' }

/** Waits until the connection has received the text. */
async function received(connection: RawConnection, text: string): Promise<void> {
  while (!connection.unread.includes(text)) await new Promise((resolve) => setImmediate(resolve))
}

suite('server-sent events', () => {
  test('tell id, kind and time to wait, and come past proxies', async () => {
    const all = service({
      name: 'all',
      output: stream(z.string()),
      on: get('/all'),
      handle: () => ['plain', event('told', { id: '7', event: 'price', retry: 500 }), event('', { id: '' })],
    })
    await using served = await streamApp([all])
    const reply = await fetch(`${served.url}/all`, { headers: events })
    assert.equal(reply.headers.get('cache-control'), 'no-cache, no-transform')
    assert.equal(reply.headers.get('x-accel-buffering'), 'no')
    assert.equal(
      await reply.text(),
      'data: "plain"\n\nevent: price\nid: 7\nretry: 500\ndata: "told"\n\nid: \ndata: ""\n\n',
    )
  })
  test('go on where the client was', async () => {
    const from = service({
      name: 'from',
      input: z.object({ last_event_id: z.int().default(0) }),
      output: stream(z.int()),
      on: get('/from', { in: { last_event_id: { in: 'header', name: 'last-event-id' } } }),
      handle: ({ input }) => [event(input.last_event_id + 1, { id: String(input.last_event_id + 1) })],
    })
    await using served = await streamApp([from])
    const reply = await fetch(`${served.url}/from`, { headers: { ...events, 'last-event-id': '41' } })
    assert.equal(await reply.text(), 'id: 42\ndata: 42\n\n')
    const refused = await fetch(`${served.url}/from`, { headers: { ...events, 'last-event-id': 'x' } })
    assert.equal(refused.status, 422)
  })
  test('whose fields could break out of their lines are errors', async () => {
    for (const told of [{ id: 'a\nb' }, { event: 'a\rb' }, { id: 'a\0' }, { retry: 1.5 }]) {
      const bad = service({
        name: 'bad',
        output: stream(z.int()),
        on: get('/bad'),
        handle: function* () {
          yield 1
          yield event(2, told)
        },
      })
      await using served = await streamApp([bad])
      const text = await (await fetch(`${served.url}/bad`, { headers: events })).text()
      assert.match(text, /^data: 1\n\nevent: problem\ndata: \{.*"code":"internal_error".*\}\n\n$/)
    }
  })
  test('tell of an error in the middle, with nothing of its cause', async () => {
    const breaks = service({
      name: 'breaks',
      output: stream(z.int()),
      on: get('/breaks'),
      handle: function* () {
        yield 1
        throw new Error('secret')
      },
    })
    await using served = await streamApp([breaks])
    const text = await (await fetch(`${served.url}/breaks`, { headers: events })).text()
    const [first, second = ''] = text.split('\n\n')
    assert.equal(first, 'data: 1')
    assert.match(second, /^event: problem\ndata: /)
    assert.equal(JSON.parse(second.slice(second.indexOf('{'))).status, 500)
    assert.doesNotMatch(text, /secret/)
    assert.deepEqual(served.errors(), ['breaks failed: secret'])
  })
  test('are kept alive by comments while nothing happens', async () => {
    const news = topic<number>()
    const quiet = service({
      name: 'quiet',
      output: stream(z.int()),
      on: get('/quiet', { stream: { keepAlive: 1, patience: 1 } }),
      handle: () => news.subscribe(),
    })
    await using served = await streamApp([quiet])
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /quiet', { Accept: 'text/event-stream' }))
    await received(connection, '\r\n:\n\n\r\n')
    news.publish(5)
    await received(connection, 'data: 5\n\n')
  })
  test('end at once when the server stops, with the signal aborted', async () => {
    const ended = happening<boolean>()
    const endless = service({
      name: 'endless',
      output: stream(z.int()),
      on: get('/endless'),
      handle: async function* ({ signal }) {
        yield 1
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        ended.resolve(signal.aborted)
      },
    })
    await using served = await streamApp([endless])
    const reply = await fetch(`${served.url}/endless`, { headers: events })
    const closed = served.app.close({ deadline: 60_000 })
    assert.equal(await reply.text(), 'data: 1\n\n')
    assert.equal(await ended.promise, true)
    assert.equal(await closed, 0)
    assert.deepEqual(served.errors(), [])
  })
  test('end at once when the app closes, for those who asked by fetch', async () => {
    const ended = happening<boolean>()
    const endless = service({
      name: 'endless',
      output: stream(z.int()),
      on: get('/endless'),
      handle: async function* ({ signal }) {
        yield 1
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        ended.resolve(signal.aborted)
      },
    })
    for (const listens of [true, false]) {
      const app = createApp({ services: [endless], log: 'silent' })
      if (listens) await app.listen({ port: 0 })
      const reply = await app.fetch(new Request('http://test/endless', { headers: events }))
      const text = reply.text()
      const closed = app.close({ deadline: 60_000 })
      assert.equal(await text, 'data: 1\n\n')
      assert.equal(await ended.promise, true)
      assert.equal(await closed, 0)
    }
  })
  test('reach a thousand clients at once, and leave nothing behind', async () => {
    const news = topic<number>()
    const all = service({
      name: 'all',
      output: stream(z.int()),
      on: get('/news', { stream: { patience: 0 } }),
      handle: () => news.subscribe(),
    })
    await using served = await streamApp([all])
    const clients = await Promise.all(
      Array.from({ length: 1000 }, async () => {
        const connection = await RawConnection.open(served.port)
        connection.send(requestText('GET /news', { Accept: 'text/event-stream' }))
        return connection
      }),
    )
    while (news.subscribers < 1000) await new Promise((resolve) => setImmediate(resolve))
    news.publish(1)
    await Promise.all(clients.map((each) => received(each, 'data: 1\n\n')))
    for (const { socket } of clients) socket.resetAndDestroy()
    while (news.subscribers > 0) await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual(served.errors(), [])
  })
})
