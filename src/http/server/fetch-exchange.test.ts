import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isProblem } from '../../kernel/problem.ts'
import { FetchExchange } from './fetch-exchange.ts'

function exchangeOf(url: string, init?: RequestInit): { exchange: FetchExchange; replies: Response[] } {
  const replies: Response[] = []
  const exchange = new FetchExchange(
    new Request(url, init),
    () => 'made',
    (response) => void replies.push(response),
  )
  return { exchange, replies }
}

suite('an exchange over a web request', () => {
  test('has the path and the query of the URL, without the fragment', () => {
    const { exchange } = exchangeOf('http://me.example:8080/a%2Fb/c?x=1&y=2#top')
    assert.deepEqual([exchange.url, exchange.path, exchange.query], ['/a%2Fb/c?x=1&y=2', '/a%2Fb/c', 'x=1&y=2'])
    assert.equal(exchangeOf('http://me.example#top').exchange.path, '/')
  })
  test('has headers and cookies', () => {
    const { exchange } = exchangeOf('http://x/', { headers: { 'X-A': '1', Cookie: 'a=1; b=%20' } })
    assert.equal(exchange.headers['x-a'], '1')
    assert.deepEqual({ ...exchange.cookies }, { a: '1', b: ' ' })
    assert.equal(exchange.cookies, exchange.cookies)
  })
  test('takes a cid over where it is well formed, and makes one where it is not', () => {
    const cidOf = (cid: string): string =>
      exchangeOf('http://x/', { headers: { 'X-Correlation-ID': cid } }).exchange.cid
    assert.equal(cidOf('abc.1:2+3/4=5@6-7_8'), 'abc.1:2+3/4=5@6-7_8')
    assert.equal(cidOf('x'.repeat(128)), 'x'.repeat(128))
    for (const bad of ['', ' ', 'a b', 'x'.repeat(129), 'a"b', 'ü', '{}', 'a, b']) assert.equal(cidOf(bad), 'made', bad)
  })
  test('has no body, or one of a length that only reading it tells', () => {
    assert.equal(exchangeOf('http://x/', { method: 'POST' }).exchange.bodyLength, 0)
    assert.equal(exchangeOf('http://x/', { method: 'POST', body: 'x' }).exchange.bodyLength, undefined)
  })
  test('reads the body up to the limit', async () => {
    const post = (): FetchExchange => exchangeOf('http://x/', { method: 'POST', body: 'hello' }).exchange
    assert.equal(Buffer.from(await post().readBody(5)).toString(), 'hello')
    await assert.rejects(post().readBody(4), { code: 'body_too_large' })
  })
  test('cancels a body that is beyond the limit', async () => {
    let cancelled = false
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(10)),
      cancel: () => {
        cancelled = true
      },
    })
    await assert.rejects(exchangeOf('http://x/', { method: 'POST', body, duplex: 'half' }).exchange.readBody(25))
    assert.equal(cancelled, true)
  })
  test('refuses a body that breaks off', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('gone')) })
    const { exchange } = exchangeOf('http://x/', { method: 'POST', body, duplex: 'half' })
    await assert.rejects(exchange.readBody(5), (error) => isProblem(error) && error.code === 'malformed_request')
  })
  test('answers with a response, in which each cookie has a header of its own', async () => {
    const { exchange, replies } = exchangeOf('http://x/')
    exchange.send(201, ['Content-Type', 'text/plain', 'Set-Cookie', 'a=1', 'Set-Cookie', 'b=2'], 'made')
    const [reply] = replies
    assert.equal(reply?.status, 201)
    assert.deepEqual(reply?.headers.getSetCookie(), ['a=1', 'b=2'])
    assert.equal(await reply?.text(), 'made')
  })
  test('answers HEAD without the body, but with its headers', async () => {
    const { exchange, replies } = exchangeOf('http://x/', { method: 'HEAD' })
    exchange.send(200, ['Content-Type', 'text/plain', 'Content-Length', '4'], 'body')
    assert.equal(replies[0]?.headers.get('content-length'), '4')
    assert.equal(await replies[0]?.text(), '')
  })
})

suite('the signal of a web request', () => {
  test('tells when the client goes away before the reply', () => {
    const abort = new AbortController()
    const { exchange } = exchangeOf('http://x/', { signal: abort.signal })
    let told = 0
    exchange.onAbort(() => told++)
    assert.deepEqual([exchange.gone, told], [false, 0])
    abort.abort()
    assert.deepEqual([exchange.gone, told], [true, 1])
  })
  test('tells at once when the client has gone before anybody asks', () => {
    const abort = new AbortController()
    const { exchange } = exchangeOf('http://x/', { signal: abort.signal })
    abort.abort()
    let told = 0
    exchange.onAbort(() => told++)
    assert.equal(told, 1)
  })
  test('tells nothing after the reply', () => {
    const abort = new AbortController()
    const { exchange } = exchangeOf('http://x/', { signal: abort.signal })
    let told = 0
    exchange.onAbort(() => told++)
    exchange.send(204, [], undefined)
    abort.abort()
    assert.deepEqual([exchange.gone, told], [false, 0])
  })
})
