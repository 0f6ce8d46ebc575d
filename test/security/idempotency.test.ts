import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { describe, test } from 'node:test'
import {
  any,
  apiKey,
  createApp,
  del,
  get,
  group,
  media,
  patch,
  post,
  problem,
  provider,
  put,
  service,
  stream,
  websocket,
} from 'trestle'
import { z } from 'zod'
import { testClock } from '../../src/testing/test-clock.ts'
import { serveApp } from '../http/app-served.ts'
import { ask, askJson, headerOf, headersOf, jsonOf, RawConnection, requestText } from '../http/raw-connection.ts'
import { orders, send } from './idempotent-orders.ts'

const key = 'b9c8a2f4-9d8e-4c4f-8f43-0a5d8e3f6a11'

describe('a call that is repeated with its Idempotency-Key', () => {
  test('is done once, and answered as the first time, with a cid of its own', async () => {
    const { order, runs } = orders()
    await using served = await serveApp({ services: [order] })
    const first = await send(served.port, key, { 'X-Correlation-ID': 'first' })
    const again = await send(served.port, key, { 'X-Correlation-ID': 'second' })
    assert.equal(runs(), 1)
    assert.deepEqual([first.status, again.status], [201, 201])
    assert.deepEqual(jsonOf(again), { number: 1, item: 'paper', cid: 'first' })
    assert.ok(again.body.equals(first.body))
    assert.equal(headerOf(first, 'Idempotency-Replayed'), undefined)
    assert.equal(headerOf(again, 'Idempotency-Replayed'), 'true')
    assert.equal(headerOf(again, 'X-Correlation-ID'), 'second')
    for (const name of ['Content-Type', 'Content-Length', 'Location', 'X-Desk']) {
      assert.equal(headerOf(again, name), headerOf(first, name), name)
    }
    assert.equal(headersOf(first, 'Set-Cookie').length, 1)
    assert.deepEqual(headersOf(again, 'Set-Cookie'), [])
  })

  test('is the same with the key in quotes and without', async () => {
    const { order, runs } = orders()
    await using served = await serveApp({ services: [order] })
    await send(served.port, `"${key}"`)
    assert.equal(headerOf(await send(served.port, key), 'Idempotency-Replayed'), 'true')
    assert.equal(runs(), 1)
  })

  test('is refused when it asks for something else', async () => {
    const ran: string[] = []
    const change = service({
      name: 'change',
      input: z.object({ id: z.string(), note: z.string().optional(), mode: z.string().optional() }),
      on: any('/things/{id}', { idempotent: true, in: { mode: 'header', note: 'query' } }),
      handle: ({ input }) => void ran.push(input.id),
    })
    await using served = await serveApp({ services: [change] })
    const sent = async (line: string, headers: Record<string, string> = {}, body = '{}') => {
      const all = { 'Content-Type': 'application/json', 'Idempotency-Key': key, ...headers }
      const reply = await ask(served.port, line, all, body)
      return [reply.status, reply.status === 204 ? '' : jsonOf(reply).code]
    }
    assert.deepEqual(await sent('POST /things/1?note=x', { mode: 'a' }), [204, ''])
    const reused = [422, 'idempotency_key_reused']
    assert.deepEqual(await sent('POST /things/2?note=x', { mode: 'a' }), reused)
    assert.deepEqual(await sent('PUT /things/1?note=x', { mode: 'a' }), reused)
    assert.deepEqual(await sent('POST /things/1?note=y', { mode: 'a' }), reused)
    assert.deepEqual(await sent('POST /things/1?note=x', { mode: 'b' }), reused)
    assert.deepEqual(await sent('POST /things/1?note=x', { mode: 'a' }, '{ }'), reused)
    assert.deepEqual(await sent('POST /things/1?note=x', { mode: 'a', 'Content-Type': 'text/plain' }), reused)
    assert.deepEqual(await sent('POST /things/1?note=x', { mode: 'a' }), [204, ''])
    assert.deepEqual(ran, ['1'])
    // What changes nothing has no use for a key.
    assert.deepEqual(await sent('QUERY /things/3?note=x', { mode: 'a' }), [204, ''])
  })

  test('may be a form with another boundary', async () => {
    let runs = 0
    const upload = service({
      name: 'upload',
      input: z.object({ title: z.string() }),
      output: z.object({ title: z.string() }),
      on: post('/forms', { idempotent: true, consumes: ['multipart'] }),
      handle: ({ input }) => {
        runs += 1
        return input
      },
    })
    await using served = await serveApp({ services: [upload] })
    const sent = (boundary: string, title: string) => {
      const body = `--${boundary}\r\nContent-Disposition: form-data; name="title"\r\n\r\n${title}\r\n--${boundary}--\r\n`
      const type = { 'Content-Type': `multipart/form-data; boundary=${boundary}`, 'Idempotency-Key': key }
      return ask(served.port, 'POST /forms', type, body)
    }
    assert.deepEqual(jsonOf(await sent('----one', 'Sunset')), { title: 'Sunset' })
    assert.deepEqual(jsonOf(await sent('----another', 'Sunset')), { title: 'Sunset' })
    assert.equal((await sent('----third', 'Sunrise')).status, 422)
    assert.equal(runs, 1)
  })

  test('is refused while the first one is running', async () => {
    const opened = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const { order, runs } = orders(() => {
      begun.resolve()
      return opened.promise
    })
    await using served = await serveApp({ services: [order] })
    const first = send(served.port, key)
    await begun.promise
    const early = await send(served.port, key)
    assert.deepEqual([early.status, jsonOf(early).code], [409, 'idempotency_in_progress'])
    assert.equal(headerOf(early, 'Retry-After'), '1')
    assert.equal((await send(served.port, key, {}, 'glue')).status, 422)
    opened.resolve()
    assert.equal((await first).status, 201)
    assert.equal(headerOf(await send(served.port, key), 'Idempotency-Replayed'), 'true')
    assert.equal(runs(), 1)
  })

  test('is done once when 50 come at the same time', async () => {
    const opened = Promise.withResolvers<void>()
    const { order, runs } = orders(() => opened.promise)
    await using served = await serveApp({ services: [order] })
    let refused = 0
    const replies = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const reply = await send(served.port, key)
        if (reply.status === 409 && ++refused === 49) opened.resolve()
        return reply.status
      }),
    )
    assert.equal(runs(), 1)
    assert.deepEqual([replies.filter((each) => each === 201).length, refused], [1, 49])
  })

  test('is new when the time of the reply is over', async () => {
    const clock = testClock('2026-01-01T00:00:00Z')
    const { order, runs } = orders()
    await using served = await serveApp({ services: [order], clock })
    await send(served.port, key)
    clock.advance(86_399_999)
    assert.deepEqual([(await send(served.port, key)).status, runs()], [201, 1])
    clock.advance(1)
    assert.deepEqual(jsonOf(await send(served.port, key, {}, 'glue')).number, 2)
  })

  test('is answered to the same caller only', async () => {
    const { order, runs } = orders()
    const security = { hr: apiKey({ key: 'key-of-hr' }), shop: apiKey({ key: 'key-of-shop' }) }
    await using served = await serveApp({ services: [order], security, defaultSecurity: ['hr', 'shop'] })
    const by = async (apiKey: string) => jsonOf(await send(served.port, key, { 'X-API-Key': apiKey })).number
    assert.deepEqual([await by('key-of-hr'), await by('key-of-shop')], [1, 2])
    assert.deepEqual([await by('key-of-hr'), await by('key-of-shop'), runs()], [1, 2, 2])
    assert.equal((await send(served.port, key)).status, 401)
  })

  test('is not answered to somebody with other credentials that only the service looks at', async () => {
    const { order } = orders()
    await using served = await serveApp({ services: [order] })
    await send(served.port, key, { Authorization: 'Bearer one' })
    assert.equal((await send(served.port, key, { Authorization: 'Bearer other' })).status, 422)
  })

  test('is done although its client went away, and answered when it comes back', async () => {
    const begun = Promise.withResolvers<void>()
    const opened = Promise.withResolvers<void>()
    const left = Promise.withResolvers<void>()
    const { order, runs } = orders(() => {
      begun.resolve()
      return opened.promise
    })
    await using served = await serveApp({ services: [order], onReply: () => left.resolve() })
    const connection = await RawConnection.open(served.port)
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': key }
    connection.send(requestText('POST /orders', headers, '{"item":"paper"}'))
    await begun.promise
    await connection[Symbol.asyncDispose]()
    await left.promise
    assert.equal((await send(served.port, key)).status, 409)
    opened.resolve()
    let reply = await send(served.port, key)
    while (reply.status === 409) reply = await send(served.port, key)
    assert.deepEqual([reply.status, headerOf(reply, 'Idempotency-Replayed'), runs()], [201, 'true', 1])
  })
})

describe('what is kept', () => {
  test('is not a call that was refused or failed: its key is free', async () => {
    let runs = 0
    const fail = service({
      name: 'fail',
      input: z.object({ how: z.string() }),
      on: post('/fail', { idempotent: true }),
      handle: ({ input }) => {
        runs += 1
        if (input.how === 'refuse') throw problem('conflict')
        if (input.how === 'break') throw new Error('broken')
      },
    })
    await using served = await serveApp({ services: [fail] })
    const sent = async (body: string) => {
      const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': key }
      return (await ask(served.port, 'POST /fail', headers, body)).status
    }
    assert.equal(await sent('{"how":"refuse"}'), 409)
    assert.equal(await sent('{"how":"break"}'), 500)
    assert.equal(await sent('{"how":7}'), 422)
    assert.equal(await sent('{'), 400)
    assert.equal(runs, 2)
    assert.equal(await sent('{"how":"well"}'), 204)
    assert.equal(await sent('{"how":"refuse"}'), 422)
    assert.equal(runs, 3)
  })

  test('is not a call whose transaction could not be committed', async () => {
    const commits = [false, true]
    const transaction = provider(() => ({}), {
      dispose: (_, error) => {
        if (error === undefined && commits.shift() === false) throw new Error('the commit failed')
      },
    })
    let runs = 0
    const write = service({
      name: 'write',
      use: { transaction },
      on: post('/write', { idempotent: true }),
      handle: () => void runs++,
    })
    await using served = await serveApp({ services: [write] })
    const sent = async () => (await ask(served.port, 'POST /write', { 'Idempotency-Key': key })).status
    assert.deepEqual([await sent(), await sent(), await sent(), runs], [500, 204, 204, 2])
  })

  test('is what a service answers with a status of its own, and what became of work that was done', async () => {
    let runs = 0
    const odd = service({
      name: 'odd',
      input: z.object({ id: z.int() }),
      output: z.object({ runs: z.int() }),
      on: post('/odd/{id}', { idempotent: true }),
      handle: ({ http, input }) => {
        runs += 1
        if (http !== undefined) http.status = input.id === 1 ? 409 : 9
        return { runs }
      },
    })
    await using served = await serveApp({ services: [odd] })
    const sent = (id: number) => ask(served.port, `POST /odd/${id}`, { 'Idempotency-Key': `k${id}` })
    assert.deepEqual([(await sent(1)).status, (await sent(1)).status], [409, 409])
    // A status that cannot be sent, when all is done already.
    const failed = await sent(2)
    const again = await sent(2)
    assert.deepEqual([failed.status, again.status, runs], [500, 500, 2])
    assert.equal(headerOf(again, 'Idempotency-Replayed'), 'true')
    assert.ok(again.body.equals(failed.body))
  })

  test('is not a reply that is too large or streamed, but its call is not done again either', async () => {
    let runs = 0
    const large = service({
      name: 'large',
      input: z.object({ size: z.int() }),
      output: z.string(),
      on: post('/large', { idempotent: { maxBytes: 100 } }),
      handle: ({ input }) => {
        runs += 1
        return 'x'.repeat(input.size)
      },
    })
    await using served = await serveApp({ services: [large] })
    const sent = (size: number, text: string) => {
      const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': text }
      return ask(served.port, 'POST /large', headers, JSON.stringify({ size }))
    }
    assert.deepEqual([(await sent(98, 'a')).status, (await sent(98, 'a')).status, runs], [200, 200, 1])
    const first = await sent(99, 'b')
    const again = await sent(99, 'b')
    assert.deepEqual([first.status, again.status, jsonOf(again).code, runs], [200, 409, 'conflict', 2])
  })

  test('is not a content that comes in parts, which is not made again either', async () => {
    let runs = 0
    const report = service({
      name: 'report',
      on: post('/report', { idempotent: true }),
      handle: () => {
        runs += 1
        return media(Readable.from(['a', 'b']), 'text/plain')
      },
    })
    await using served = await serveApp({ services: [report] })
    const sent = async () => {
      const headers = { 'Idempotency-Key': key }
      return (await fetch(`http://127.0.0.1:${served.port}/report`, { method: 'POST', headers })).status
    }
    assert.deepEqual([await sent(), await sent(), runs], [200, 409, 1])
  })

  test('is the answer that came before the work, where the client prefers that', async () => {
    let runs = 0
    const slow = service({
      name: 'slow',
      on: post('/slow', { idempotent: true, prefer: true }),
      handle: () => void runs++,
    })
    const served = await serveApp({ services: [slow] })
    const sent = () => ask(served.port, 'POST /slow', { 'Idempotency-Key': key, Prefer: 'respond-async' })
    const replies = [await sent(), await sent()]
    await served[Symbol.asyncDispose]()
    assert.deepEqual(
      replies.map(({ status }) => status),
      [202, 202],
    )
    assert.deepEqual(
      replies.map((each) => headerOf(each, 'Idempotency-Replayed')),
      [undefined, 'true'],
    )
    assert.equal(runs, 1)
  })

  test('is replayed in front of If-Match, and compressed as the one who repeats likes it', async () => {
    let note = 'a'
    const Note = z.object({ text: z.string() })
    const services = [
      service({ name: 'read', output: Note, on: get('/note', { etag: true }), handle: () => ({ text: note }) }),
      service({
        name: 'write',
        input: Note,
        output: Note,
        on: put('/note', { ifMatch: 'required', idempotent: true, compress: { threshold: 0 } }),
        handle: ({ input }) => {
          note = input.text
          return input
        },
      }),
    ]
    await using served = await serveApp({ services })
    const etag = headerOf(await ask(served.port, 'GET /note'), 'ETag') ?? ''
    const text = 'long '.repeat(100)
    const write = (coding: string) => {
      const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': key, 'Accept-Encoding': coding }
      return ask(served.port, 'PUT /note', { ...headers, 'If-Match': etag }, JSON.stringify({ text }))
    }
    const first = await write('gzip')
    assert.deepEqual([first.status, headerOf(first, 'Content-Encoding')], [200, 'gzip'])
    const again = await write('identity')
    assert.deepEqual([again.status, headerOf(again, 'Content-Encoding'), jsonOf(again).text], [200, undefined, text])
    assert.equal(headerOf(again, 'Content-Length'), String(again.body.length))
    assert.equal(note, text)
  })
})

describe('an Idempotency-Key', () => {
  test('is refused when it is malformed, or one of several', async () => {
    const { order, runs } = orders()
    await using served = await serveApp({ services: [order] })
    for (const bad of [
      '',
      '""',
      '"open',
      'a b',
      'a,b',
      '"a", "b"',
      'x'.repeat(256),
      'caf\xe9',
      `"${'x'.repeat(256)}"`,
    ]) {
      const reply = await send(served.port, bad)
      assert.deepEqual([reply.status, jsonOf(reply).code], [400, 'bad_request'], bad)
    }
    await using connection = await RawConnection.open(served.port)
    const twice =
      'POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nIdempotency-Key: a\r\nIdempotency-Key: a\r\n\r\n'
    connection.send(twice)
    assert.equal((await connection.reply()).status, 400)
    assert.equal(runs(), 0)
    for (const good of ['x'.repeat(255), '"with a space, and \\"quotes\\" \\\\"', 'a;b=c']) {
      assert.equal((await send(served.port, good)).status, 201, good)
    }
  })

  test('is needed only where the channel says so, and only by those who may call', async () => {
    const { order, runs } = orders()
    const pay = service({ name: 'pay', on: [post('/pay', { idempotent: 'required' })], handle: () => {} })
    const guarded = service({
      name: 'guarded',
      on: post('/guarded', { idempotent: { required: true }, security: 'hr' }),
      handle: () => {},
    })
    const security = { hr: apiKey({ key: 'key-of-hr' }) }
    await using served = await serveApp({ services: [order, pay, guarded], security })
    await send(served.port, undefined)
    await send(served.port, undefined)
    assert.equal(runs(), 2)
    const reply = await ask(served.port, 'POST /pay')
    assert.deepEqual([reply.status, jsonOf(reply).code], [400, 'idempotency_key_missing'])
    assert.equal((await ask(served.port, 'POST /pay', { 'Idempotency-Key': 'a' })).status, 204)
    assert.equal((await ask(served.port, 'POST /guarded')).status, 401)
    assert.equal((await ask(served.port, 'POST /guarded', { 'X-API-Key': 'key-of-hr' })).status, 400)
  })

  test('costs nothing, and no file, where nobody sends one', async () => {
    const { order } = orders()
    const pay = service({ name: 'pay', on: get('/pay'), handle: () => {} })
    await using served = await serveApp({ services: [order, pay], data: '/dev/null/x', mode: 'production' })
    assert.equal((await send(served.port, undefined)).status, 201)
    const failed = await send(served.port, key)
    assert.deepEqual([failed.status, jsonOf(failed).code], [503, 'unavailable'])
  })
})

describe('the setting idempotent', () => {
  const silent = { log: 'silent' } as const
  const nothing = { handle: () => {} }

  test('of an app is for what changes something, and leaves alone what comes with Trestle', async () => {
    const services = [
      service({ name: 'read', on: get('/x'), ...nothing }),
      service({ name: 'write', on: [post('/x'), patch('/x'), del('/x')], ...nothing }),
      service({ name: 'free', on: post('/free', { idempotent: false }), ...nothing }),
    ]
    await using served = await serveApp({ services, idempotent: 'required' })
    const status = async (line: string) => (await ask(served.port, line)).status
    assert.deepEqual(
      await Promise.all(['GET /x', 'POST /x', 'PATCH /x', 'DELETE /x', 'POST /free'].map(status)),
      [204, 400, 400, 400, 204],
    )
    const keys = served.app.description.operations
      .filter(({ parameters }) => parameters.some(({ name }) => name === 'Idempotency-Key'))
      .map(({ method, path }) => `${method} ${path}`)
    assert.deepEqual(keys, ['POST /x', 'PATCH /x', 'DELETE /x'])
  })

  test('is described with its header, its problems and the mark of a repeated reply', async () => {
    const { order } = orders()
    await using app = createApp({ ...silent, services: [order] })
    const [operation] = app.description.operations.filter(({ service: name }) => name === 'order')
    const parameter = operation?.parameters.find(({ name }) => name === 'Idempotency-Key')
    assert.equal(parameter?.required, false)
    const pattern = new RegExp(String(parameter?.schema.pattern), 'u')
    assert.deepEqual(
      ['a-1', '"a 1"', 'a 1', '"', ''].map((each) => pattern.test(each)),
      [true, true, false, false, false],
    )
    const problems = new Map(operation?.problems.map(({ status, codes }) => [status, codes]))
    assert.ok(problems.get(400)?.includes('bad_request'))
    assert.ok(!problems.get(400)?.includes('idempotency_key_missing'))
    assert.deepEqual(problems.get(409), ['conflict', 'idempotency_in_progress'])
    assert.ok(problems.get(422)?.includes('idempotency_key_reused'))
    const names = operation?.reply.headers.map((each) => (typeof each === 'string' ? each : each.name))
    assert.ok(names?.includes('Idempotency-Replayed'))
  })

  test('is refused where it could not hold', () => {
    const output = stream(z.string())
    const streamed = { output, handle: async function* () {} }
    const wrong = [
      service({ name: 'reads', on: get('/a', { idempotent: true }), ...nothing }),
      service({ name: 'streams', on: post('/b', { idempotent: true }), ...streamed }),
      service({ name: 'talks', on: websocket('/c', { idempotent: true } as object), ...streamed }),
      service({ name: 'counts', on: post('/d', { idempotent: { expiry: 0, maxBytes: -1 } }), ...nothing }),
    ]
    assert.throws(
      () => createApp({ ...silent, services: wrong, idempotencyStore: 'mysql://x' }),
      /the idempotencyStore is no URL of PostgreSQL/,
    )
    assert.throws(
      () => createApp({ ...silent, services: wrong.filter(({ name }) => name !== 'talks') }),
      ({ message }: Error) => {
        assert.match(message, /GET \/a \(reads\) has 'idempotent', but changes nothing/)
        assert.match(message, /POST \/b \(streams\) is idempotent, but its output is a stream/)
        assert.match(message, /the idempotent\.expiry of POST \/d \(counts\) is 0/)
        assert.match(message, /the idempotent\.maxBytes of POST \/d \(counts\) is -1/)
        return true
      },
    )
    assert.throws(
      () => createApp({ ...silent, services: wrong.filter(({ name }) => name === 'talks') }),
      /WS \/c \(talks\) has 'idempotent', but changes nothing/,
    )
    const safe = group({ prefix: '/g', idempotent: true })
    const inherited = [
      service({ name: 'reads', on: safe.get('/a'), ...nothing }),
      service({ name: 'talks', on: safe.websocket('/c'), ...streamed }),
    ]
    createApp({ ...silent, services: inherited, idempotent: true })
  })
})

test('a request with a key is not read past the limit of its channel', async () => {
  const { order, runs } = orders()
  await using served = await serveApp({ services: [order], bodyLimit: 30 })
  assert.equal((await send(served.port, key, {}, 'x'.repeat(30))).status, 413)
  assert.equal((await askJson(served.port, 'POST /orders', { item: 'x' })).status, 201)
  assert.equal(runs(), 1)
})
