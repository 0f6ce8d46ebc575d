import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { hurriedTime, ownTime } from '../../../test/client/own-time.ts'
import { cutUp, streamed } from '../../../test/client/streamed.ts'
import { ItemError } from './item.ts'
import { type ReadEventsOptions, serverSentEvents } from './server-sent-events.ts'

const message = (data: string, id = '') => ({ data, event: 'message', id })
const read = (text: string, size = 1000) => Array.fromAsync(serverSentEvents(streamed(cutUp(text, size)).stream))
const reply = (body: ConstructorParameters<typeof Response>[0], status = 200) =>
  new Response(body, { status, headers: { 'Content-Type': 'text/event-stream; charset=utf-8' } })

suite('server-sent events', () => {
  test('are what the standard says of its examples', async () => {
    assert.deepEqual(await read('data: YHOO\ndata: +2\ndata: 10\n\n'), [message('YHOO\n+2\n10')])
    assert.deepEqual(
      await read(': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n'),
      [message('first event', '1'), message('second event'), message(' third event')],
    )
    assert.deepEqual(await read('data\n\ndata\ndata\n\ndata:'), [message(''), message('\n')])
    assert.deepEqual(await read('data:test\n\ndata: test\n\n'), [message('test'), message('test')])
  })
  test('have a kind, which counts for one event', async () => {
    assert.deepEqual(await read('event: add\ndata: 1\n\ndata: 2\n\nevent: lost\n\ndata: 3\n\n'), [
      { data: '1', event: 'add', id: '' },
      message('2'),
      message('3'),
    ])
  })
  test('have ids, which stay until there is another; one with NUL is none', async () => {
    const text = 'id: 7\ndata: a\n\ndata: b\n\nid: 8\n\ndata: c\n\nid: x\0y\ndata: d\n\n'
    assert.deepEqual(await read(text), [message('a', '7'), message('b', '7'), message('c', '8'), message('d', '8')])
  })
  test('are the same with every end of lines, wherever the parts are cut', async () => {
    const text = ':c\nevent: e\ndata: €😀\ndata: : b\u2028\nmore: no\nid: 1\n\ndata: x\n\n'
    const expected = [{ data: '€😀\n: b\u2028', event: 'e', id: '1' }, message('x', '1')]
    for (const end of ['\n', '\r', '\r\n']) {
      for (let size = 1; size < 12; size++) assert.deepEqual(await read(text.replaceAll('\n', end), size), expected)
    }
  })
  test('come as soon as their line is over, also with CR', async () => {
    const { stream, pulled } = streamed(['data: 1\r\r', '\ndata: 2\r\n\r', '\n'])
    const events = serverSentEvents(stream)
    assert.deepEqual([(await events.next()).value, pulled()], [message('1'), 1])
    assert.deepEqual([(await events.next()).value, pulled()], [message('2'), 2])
    await events.return()
  })
  test('do not begin with the mark of the byte order', async () => {
    assert.deepEqual(await read('\ufeffdata: 1\n\n', 1), [message('1')])
  })
  test('leave out one that was cut off', async () => {
    assert.deepEqual(await read('data: 1\n\ndata: 2\n'), [message('1')])
    assert.deepEqual(await read('data: 1\n\ndata: 2\n\r'), [message('1'), message('2')])
    assert.deepEqual(await read(''), [])
  })
  test('are checked by a schema, and say which one is wrong', async () => {
    const schema = z.object({ price: z.number() })
    const events = serverSentEvents(reply('data: {"price":\ndata: 1}\n\ndata: {}\n\n'), { schema })
    assert.equal((await events.next()).value?.data.price, 1)
    await assert.rejects(events.next(), (error) => {
      assert.ok(error instanceof ItemError)
      assert.match(error.message, /^Event 2 does not fit the schema: price: /)
      return error.position === 2
    })
    await assert.rejects(serverSentEvents(reply('data: x\n\n'), { schema }).next(), /Event 1 is no JSON/)
  })
  test('are not read from a reply of another type', async () => {
    const body = streamed(['{}'])
    const json = new Response(body.stream, { headers: { 'Content-Type': 'application/json' } })
    await assert.rejects(serverSentEvents(json).next(), /The reply is 'application\/json', not 'text\/event-stream'/)
    assert.equal(body.cancelled(), true)
  })
  test('let go of the stream when the reader has enough', async () => {
    const { stream, cancelled } = streamed(['data: 1\n\ndata: 2\n\n', 'data: 3\n\n'])
    for await (const { data } of serverSentEvents(stream)) if (data === '2') break
    assert.equal(cancelled(), true)
  })
  test('end, or break, with their stream', async () => {
    const broken = serverSentEvents(streamed(['data: 1\n\n'], new TypeError('reset')).stream)
    await broken.next()
    await assert.rejects(broken.next(), /reset/)
  })
})

suite('a stream of events that is opened again', () => {
  /** Opens with these replies, one after the other; fails with those that are errors. */
  function opening(replies: readonly (Response | Error)[], options: ReadEventsOptions<string> = {}) {
    const ids: string[] = []
    const time = hurriedTime()
    const reopen = async (id: string): Promise<Response> => {
      ids.push(id)
      const next = replies[ids.length - 1] ?? reply(null, 204)
      if (next instanceof Error) throw next
      return next
    }
    const data = async (first: Response) => {
      const events = serverSentEvents(first, { reopen, time, ...options })
      return (await Array.fromAsync(events)).map((event) => event.data)
    }
    return { ids, waited: time.waited, data, reopen }
  }

  test('goes on behind the last event, until the server answers 204', async () => {
    const it = opening([reply('data: c\n\n'), reply('id: 9\ndata: d\n\n')])
    assert.deepEqual(await it.data(reply('id: 5\ndata: a\n\ndata: b\n\nid: 6\ndata: lost')), ['a', 'b', 'c', 'd'])
    assert.deepEqual(it.ids, ['5', '5', '9'])
    assert.deepEqual(it.waited, [3000, 3000, 3000])
  })
  test('goes on when the connection breaks, even in the middle of a character', async () => {
    const it = opening([reply('data: b\n\n')])
    const broken = streamed(
      [Uint8Array.of(...Buffer.from('id: 1\ndata: a\n\ndata: '), 0xe2, 0x82)],
      new TypeError('reset'),
    )
    assert.deepEqual(await it.data(reply(broken.stream)), ['a', 'b'])
  })
  test('waits as long as the server says', async () => {
    const it = opening([reply('retry: 2x\nretry: \ndata: b\n\n')], { retry: 100 })
    await it.data(reply('retry: 50\ndata: a\n\n'))
    assert.deepEqual(it.waited, [50, 50])
    const own = opening([], { retry: 100 })
    await own.data(reply('retry: 5'))
    assert.deepEqual(own.waited, [100], 'a line that was cut off says nothing')
  })
  test('is tried again after twice the time each, and then fails with what went wrong', async () => {
    const failed = () => new TypeError('refused')
    const it = opening([failed(), reply('', 503), reply('data: b\n\n'), ...Array.from({ length: 5 }, failed)])
    await assert.rejects(it.data(reply('data: a\n\n')), /refused/)
    assert.deepEqual(it.waited, [3000, 6000, 12_000, 3000, 6000, 12_000, 24_000, 30_000])
  })
  test('does not hammer a server that is gone, also when that has asked for no wait', async () => {
    const it = opening([new TypeError('refused'), new TypeError('refused')])
    await it.data(reply('retry: 0\ndata: a\n\n'))
    assert.deepEqual(it.waited, [0, 2000, 4000])
  })
  test('fails at once when the server refuses it', async () => {
    const it = opening([reply('no', 401)])
    await assert.rejects(it.data(reply('')), /could not be opened again: the server answered 401/)
    const other = opening([new Response('x', { headers: { 'Content-Type': 'text/html' } })])
    await assert.rejects(other.data(reply('')), /The reply is 'text\/html'/)
  })
  test('is opened by replies of a client too, and fails at once with an error of a status that stays', async () => {
    const ofClient = (text: string, status = 200) => {
      const response = reply(text, status)
      const stream = () => response.body ?? assert.fail()
      return { status, headers: response.headers, stream, discard: async () => void (await response.body?.cancel()) }
    }
    const replies = [ofClient('data: b\n\n'), ofClient('gone', 503), Object.assign(new Error('no'), { status: 403 })]
    const reopen = async () => {
      const next = replies.shift() ?? assert.fail()
      if (next instanceof Error) throw next
      return next
    }
    const events = serverSentEvents(ofClient('data: a\n\n'), { reopen, time: hurriedTime() })
    assert.deepEqual([(await events.next()).value?.data, (await events.next()).value?.data], ['a', 'b'])
    await assert.rejects(events.next(), /no/)
    assert.equal(replies.length, 0)
  })
  test('is not after an abort, neither of the wait nor of the stream', async () => {
    const time = ownTime()
    const caller = new AbortController()
    const it = opening([])
    const events = serverSentEvents(reply('data: a\n\n'), { reopen: it.reopen, time, signal: caller.signal })
    await events.next()
    const waiting = events.next()
    await time.waiting()
    caller.abort(new Error('enough'))
    await assert.rejects(waiting, /enough/)
    assert.deepEqual([it.ids, time.waits()], [[], []])
    const aborted = streamed(['data: a\n\n'], new DOMException('over', 'AbortError'))
    await assert.rejects(it.data(reply(aborted.stream)), /over/)
    assert.deepEqual(it.ids, [])
  })
})
