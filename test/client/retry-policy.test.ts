import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { CircuitOpenError } from '../../src/client/circuit/circuit-open-error.ts'
import { ConnectionError } from '../../src/client/errors.ts'
import { layered } from '../../src/client/layer.ts'
import { type Retry, type RetrySettings, retryLayer } from '../../src/client/retry/retry.ts'
import { serveExample } from '../examples/served-example.ts'
import { hurriedTime, ownTime } from './own-time.ts'
import { outgoing, type PlainServer, plainServer, send } from './sending.ts'

/** Answers with each of the statuses once, and 200 from then on. */
function failing(statuses: readonly number[], headers: Record<string, string> = {}): Promise<PlainServer> {
  return plainServer((_, response, number) => {
    const status = statuses[number - 1]
    if (status === 0) response.destroy()
    else response.writeHead(status ?? 200, status === undefined ? {} : headers).end(`reply ${number}`)
  })
}

function asking(server: PlainServer, settings: RetrySettings = {}, time = hurriedTime(), onRetry = (_: Retry) => {}) {
  const sendAll = layered([retryLayer(settings, { time, onRetry })], send)
  return async (request: Parameters<typeof outgoing>[1] = {}) => {
    const reply = await sendAll(outgoing(`${server.url}/x`, request))
    return [reply.status, await reply.text()]
  }
}

suite('retries', () => {
  test('follow each status that may pass, and a connection that breaks', async () => {
    for (const status of [0, 408, 429, 500, 502, 503, 504]) {
      await using server = await failing([status])
      assert.deepEqual(await asking(server)(), [200, 'reply 2'], String(status))
    }
  })
  test('do not follow others', async () => {
    for (const status of [301, 304, 400, 401, 403, 404, 409, 410, 413, 422, 501, 505]) {
      await using server = await failing([status])
      assert.equal((await asking(server)())[0], status)
      assert.equal(server.requests.length, 1)
    }
  })
  test('follow a 413 that says when', async () => {
    await using server = await failing([413], { 'Retry-After': '1' })
    assert.deepEqual(await asking(server)(), [200, 'reply 2'])
  })
  test('follow a 409 that says when, of a request with an Idempotency-Key', async () => {
    await using server = await failing([409], { 'Retry-After': '1' })
    assert.deepEqual(await asking(server, { idempotencyKey: true })({ method: 'POST' }), [200, 'reply 2'])
    await using other = await failing([409], { 'Retry-After': '1' })
    assert.deepEqual(await asking(other, { idempotencyKey: true })({ method: 'PUT' }), [409, 'reply 1'])
  })
  test('are two, and then the last reply is given, or the last error thrown', async () => {
    await using server = await failing([503, 502, 500])
    assert.deepEqual(await asking(server)(), [500, 'reply 3'])
    await using broken = await failing([0, 0, 0])
    await assert.rejects(asking(broken)(), ConnectionError)
    assert.equal(broken.requests.length, 3)
  })
  test('are as many as the limit says', async () => {
    await using server = await failing([503, 503, 503, 503])
    assert.deepEqual(await asking(server, { limit: 4 })(), [200, 'reply 5'])
    await using other = await failing([503])
    assert.deepEqual(await asking(other, { limit: 0 })(), [503, 'reply 1'])
  })
  test('are for methods that may be sent twice', async () => {
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'QUERY']) {
      await using server = await failing([503])
      assert.equal((await asking(server)({ method }))[0], 200, method)
    }
    for (const method of ['POST', 'PATCH', 'LOCK']) {
      await using server = await failing([503, 0])
      assert.equal((await asking(server)({ method }))[0], 503, method)
      await assert.rejects(asking(server)({ method }), ConnectionError)
      assert.equal(server.requests.length, 2)
    }
  })
  test('are for any method with an Idempotency-Key, the same in all attempts', async () => {
    const keysOf = (server: PlainServer) => server.requests.map(({ headers }) => headers['idempotency-key'])
    const post = { method: 'POST', body: 'x' }
    await using own = await failing([503, 0])
    assert.equal((await asking(own)({ ...post, headers: { 'idempotency-key': 'mine' } }))[0], 200)
    assert.deepEqual(keysOf(own), ['mine', 'mine', 'mine'])

    await using made = await failing([503, 0])
    const ask = asking(made, { idempotencyKey: true })
    assert.equal((await ask(post))[0], 200)
    assert.equal((await ask(post))[0], 200)
    const [first, second, third, other] = keysOf(made)
    assert.match(String(first), /^[\da-f]{32}$/)
    assert.deepEqual([second, third], [first, first])
    assert.notEqual(other, first)

    await using given = await failing([503])
    await asking(given, { idempotencyKey: ({ url }) => `for ${url.pathname}` })(post)
    assert.deepEqual(keysOf(given), ['for /x', 'for /x'])
    await asking(given, { idempotencyKey: true })({ method: 'PUT', body: 'x' })
    assert.equal(keysOf(given).at(-1), undefined)
  })
  test('send the body again, but not one that can be sent once', async () => {
    await using server = await plainServer((request, response, number) =>
      number === 1 ? response.writeHead(503).end() : request.pipe(response),
    )
    let opened = 0
    const body = (replayable: boolean) => ({ open: () => `body ${++opened}`, replayable })
    assert.deepEqual(await asking(server)({ method: 'PUT', body: body(true) }), [200, 'body 2'])
    await using other = await failing([503])
    assert.deepEqual(await asking(other)({ method: 'PUT', body: body(false) }), [503, 'reply 1'])
  })
  test('do not follow a circuit that is open, nor an error of the program', async () => {
    for (const error of [
      new CircuitOpenError({ method: 'GET', url: 'http://a.example/' }, 'http://a.example', new Date(0)),
      new TypeError('a bug'),
      'text',
    ]) {
      let count = 0
      const sendAll = layered([retryLayer({}, { time: hurriedTime() })], async () => {
        count++
        throw error
      })
      await assert.rejects(sendAll(outgoing('http://a.example')), (thrown) => thrown === error)
      assert.equal(count, 1)
    }
  })
  test('let go of the replies before the last one', async () => {
    let cancelled = 0
    const sendAll = layered([retryLayer({}, { time: hurriedTime() })], async () => {
      const body = new ReadableStream({ cancel: () => void cancelled++ })
      return new Response(body, { status: 503 })
    })
    const last = await sendAll(outgoing('http://a.example'))
    assert.deepEqual([cancelled, last.bodyUsed], [2, false])
  })
  test('follow the echo endpoints until one attempt succeeds', async () => {
    await using bin = await serveExample('httpbin')
    const retried: string[] = []
    const layer = retryLayer({ limit: 1 }, { time: hurriedTime(), onRetry: ({ reason }) => void retried.push(reason) })
    const reply = await layered([layer], send)(outgoing(new URL('/status/503', bin.url)))
    assert.equal(reply.status, 503)
    assert.deepEqual(retried, ['503 Service Unavailable'])
    await reply.body?.cancel()
  })
})

suite('an own predicate', () => {
  test('decides where it says yes or no, and is not asked about a success', async () => {
    await using server = await failing([404, 503, 503])
    const asked: (number | undefined)[] = []
    const should: RetrySettings['should'] = async ({ reply }) => {
      asked.push(reply?.status)
      return reply?.status === 404 ? true : reply?.status === 503 ? false : undefined
    }
    const ask = asking(server, { should })
    assert.deepEqual(await ask({ method: 'POST' }), [503, 'reply 2'])
    assert.deepEqual(await asking(server, { should: () => undefined })(), [200, 'reply 4'])
    assert.deepEqual(asked, [404, 503])
  })
  test('is told of the error, and of the number of the attempt', async () => {
    await using server = await failing([0, 0])
    const attempts: unknown[] = []
    const should: RetrySettings['should'] = ({ attempt, error, reply }) => {
      attempts.push([attempt, error instanceof ConnectionError, reply])
      return undefined
    }
    await asking(server, { should })()
    assert.deepEqual(attempts, [
      [1, true, undefined],
      [2, true, undefined],
    ])
  })
})

suite('the wait before a retry', () => {
  test('grows twofold up to its cap, by chance', async () => {
    const waited = async (random: number, settings: RetrySettings = {}) => {
      await using server = await failing([503, 503, 503, 503])
      const time = hurriedTime(random)
      await asking(server, { limit: 4, ...settings }, time)()
      return time.waited
    }
    assert.deepEqual(await waited(1), [300, 600, 1200, 2400])
    assert.deepEqual(await waited(0.5), [150, 300, 600, 1200])
    assert.deepEqual(await waited(0), [0, 0, 0, 0])
    assert.deepEqual(await waited(1, { backoff: 10, maxBackoff: 30 }), [10, 20, 30, 30])
  })
  test('is as long as Retry-After says, in seconds or as a date', async () => {
    const waited = async (after: string) => {
      await using server = await failing([503], { 'Retry-After': after })
      const time = hurriedTime()
      await asking(server, {}, time)()
      return time.waited[0]
    }
    assert.equal(await waited('7'), 7000)
    assert.equal(await waited('0'), 0)
    assert.equal(await waited(new Date(1_000_000 + 20_000).toUTCString()), 20_000)
    assert.equal(await waited(new Date(0).toUTCString()), 0)
    for (const unreadable of ['soon', '-5', '1.5', '1970-01-01'])
      assert.equal(await waited(unreadable), 300, unreadable)
  })
  test('gives the reply instead, where Retry-After is too long', async () => {
    await using server = await failing([429, 429], { 'Retry-After': '61' })
    assert.deepEqual(await asking(server)(), [429, 'reply 1'])
    assert.deepEqual(await asking(server, { maxRetryAfter: 61_000 })(), [200, 'reply 3'])
  })
  test('is told of before', async () => {
    await using server = await failing([503, 0])
    const told: Retry[] = []
    await asking(server, {}, undefined, (retry) => void told.push(retry))()
    assert.deepEqual(
      told.map(({ attempt, reason, delay, request }) => [attempt, reason, delay, request.url.pathname]),
      [
        [1, '503 Service Unavailable', 300, '/x'],
        [2, `GET ${server.url}/x got no reply: the server closed the connection (UND_ERR_SOCKET)`, 600, '/x'],
      ],
    )
  })
  test('ends when the caller gives up', async () => {
    await using server = await failing([503])
    const time = ownTime()
    const caller = new AbortController()
    const sendAll = layered([retryLayer({}, { time })], send)
    const asked = sendAll(outgoing(`${server.url}/x`, { signal: caller.signal }))
    await time.waiting()
    assert.deepEqual(time.waits(), [300])
    caller.abort(new Error('enough'))
    await assert.rejects(asked, /enough/)
    assert.deepEqual([time.waits(), server.requests.length], [[], 1])
  })
  test('does not begin when the caller has given up during the attempt', async () => {
    const time = ownTime()
    const caller = new AbortController()
    const told: Retry[] = []
    const sendAll = layered([retryLayer({}, { time, onRetry: (retry) => void told.push(retry) })], send)
    await using server = await plainServer(() => caller.abort(new Error('enough')))
    await assert.rejects(sendAll(outgoing(server.url, { signal: caller.signal })), /enough/)
    assert.deepEqual([told, server.requests.length], [[], 1])
  })
  test('leaves no listener behind', async () => {
    await using server = await failing([503, 503])
    const { signal } = new AbortController()
    let listeners = 0
    const add = signal.addEventListener.bind(signal)
    const remove = signal.removeEventListener.bind(signal)
    const watched = Object.assign(signal, {
      addEventListener: (...args: Parameters<typeof add>) => {
        listeners++
        add(...args)
      },
      removeEventListener: (...args: Parameters<typeof remove>) => {
        listeners--
        remove(...args)
      },
    })
    const sendAll = layered([retryLayer({}, { time: hurriedTime() })], ({ url }) => fetch(url))
    await sendAll(outgoing(`${server.url}/x`, { signal: watched }))
    assert.equal(listeners, 0)
  })
})
