import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import {
  circuit,
  client,
  cookieJar,
  digest,
  HttpError,
  mock,
  type RequestOptions,
  type RetrySettings,
} from 'trestle/client'
import { hurriedTime, ownTime } from './own-time.ts'
import { rawServer } from './raw-server.ts'
import { plainServer } from './sending.ts'

const base = 'https://api.example'

suite('a setting that is undefined is none', () => {
  const nothing: RequestOptions = {
    headers: undefined,
    params: undefined,
    timeout: undefined,
    auth: undefined,
    retry: undefined,
    trace: undefined,
    redirect: undefined,
    maxRedirects: undefined,
    raiseForStatus: undefined,
    maxBytes: undefined,
    credentials: undefined,
    envelope: undefined,
    cookies: undefined,
    json: undefined,
    form: undefined,
    files: undefined,
    body: undefined,
    signal: undefined,
    onDownload: undefined,
  }

  test('of a call, and of a session that is made from another', async () => {
    const server = mock({ 'GET /v1/x': ({ headers }) => [503, { own: headers.get('x-own') }] })
    const time = hurriedTime()
    const all = client(`${base}/v1`, {
      fetch: server,
      headers: { 'X-Own': '1' },
      retry: 1,
      raiseForStatus: true,
      time,
      timeout: false,
    })
    const { cookies: _, ...shared } = nothing
    const again = all.extend({ ...shared, baseUrl: undefined, fetch: undefined, time: undefined, layers: undefined })
    await assert.rejects(again.get('/x', nothing), (error) => {
      assert.ok(error instanceof HttpError)
      return error.problem?.own === '1'
    })
    assert.equal(server.requests.length, 2)
  })
  test('of retries', async () => {
    const retry: RetrySettings = { limit: undefined, methods: undefined, statuses: undefined, should: undefined }
    const server = mock(() => new Response(null, { status: 503 }))
    await client(base, { fetch: server, retry, time: hurriedTime(), timeout: false }).get('/')
    assert.equal(server.requests.length, 3)
  })
  test('of timeouts, which a session lays over those of another phase by phase', async () => {
    const time = ownTime()
    const fetch = () => new Promise<Response>(() => {})
    const first = client(base, { fetch, time, timeout: { total: 70, headers: 60 } })
    const second = first.extend({ timeout: { headers: 50, total: undefined } })
    const call = second.get('/', { timeout: { total: undefined, attempt: 40 } })
    await time.waiting()
    await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual(time.waits(), [40, 50, 70])
    time.pass(40)
    await assert.rejects(call, { phase: 'attempt' })
  })
})

suite('retries', () => {
  test('know methods in any case', async () => {
    const server = mock(() => new Response(null, { status: 503 }))
    const api = client(base, { fetch: server, retry: { methods: ['post'] }, time: hurriedTime(), timeout: false })
    await api.post('/')
    assert.equal(server.requests.length, 3)
    await api.get('/')
    assert.equal(server.requests.length, 4)
  })
  test('never send a POST twice without a key, however it fails', async () => {
    for (const broken of [
      '',
      'HTTP/1.1 200 OK\r\n',
      'HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n',
    ]) {
      await using server = await rawServer((socket) => socket.end(broken))
      const api = client(server.url, { retry: 5, time: hurriedTime(), timeout: false })
      await api.post('/', { json: {} }).catch(() => {})
      assert.equal(server.heads.length, 1, broken)
    }
  })
  test('do not wait for a Retry-After of any size', async () => {
    for (const after of ['99999999999999999999999', '9'.repeat(400), 'Fri, 31 Dec 9999 23:59:59 GMT']) {
      await using server = await rawServer((socket) =>
        socket.write(`HTTP/1.1 503 Busy\r\nRetry-After: ${after}\r\nContent-Length: 0\r\n\r\n`),
      )
      assert.equal((await client(server.url, { retry: 5 }).get('/')).status, 503)
      assert.equal(server.heads.length, 1)
    }
  })
})

suite('the hook for errors', () => {
  test('is told of a status once, however the call is read, and may throw another error', async () => {
    const told: unknown[] = []
    const api = client(base, {
      fetch: mock({ 'GET /x': [404, { detail: 'No x' }] }),
      onError: (error) => {
        told.push(error)
        return new Error('Mine', { cause: error })
      },
    })
    const mine = { message: 'Mine' }
    await assert.rejects(api.get('/x').json(), mine)
    await assert.rejects(api.get('/x', { raiseForStatus: true }), mine)
    await assert.rejects(api.get('/x').raiseForStatus(), mine)
    await assert.rejects(Array.fromAsync(api.get('/x').items()), mine)
    await assert.rejects((await api.get('/x')).raiseForStatus(), mine)
    assert.equal((await api.get('/x')).status, 404)
    assert.equal(told.length, 5)
    assert.ok(told.every((error) => error instanceof HttpError && error.problem?.detail === 'No x'))
  })
})

suite('a circuit', () => {
  test('may be shared by clients, counts for each origin, and names the call', async () => {
    const shared = circuit({ failures: 2 })
    const fetch = () => new Response(null, { status: 500 })
    const [one, other] = [client(base, { fetch, circuit: shared }), client(base, { fetch, circuit: shared })]
    await one.get('/')
    await other.get('/')
    await assert.rejects(one.get('/x'), {
      name: 'CircuitOpenError',
      url: `${base}/x`,
      message:
        /^GET https:\/\/api\.example\/x was not sent: https:\/\/api\.example keeps failing, and is left alone until/,
    })
    assert.equal((await one.get('https://other.example')).status, 500)
  })
})

suite('cookies', () => {
  test('of a reply are those with a name and a value', async () => {
    const fetch = () =>
      new Response(null, {
        headers: [
          ['Set-Cookie', 'a=1; Path=/'],
          ['Set-Cookie', 'broken'],
          ['Set-Cookie', 'b=x=y'],
          ['Set-Cookie', '__proto__=1'],
        ],
      })
    const { cookies } = await client(base, { fetch }).get('/')
    assert.deepEqual(Object.entries(cookies), [
      ['a', '1'],
      ['b', 'x=y'],
      ['__proto__', '1'],
    ])
  })
  test('that are longer than browsers take are not kept; 50,000 bytes of others are', async () => {
    const jar = cookieJar()
    jar.set(base, `long=${'x'.repeat(4093)}`)
    assert.deepEqual(jar.all(), [])
    for (let n = 0; n < 50; n++) jar.set(base, `c${n}=${'x'.repeat(1000)}`)
    assert.ok(jar.header(base).length > 50_000)
    const sent = await client(base, { cookies: jar, fetch: ({ headers }) => new Response(headers.get('cookie')) })
    assert.equal(await sent.get('/').text(), jar.header(base))
  })
  test('of addresses in numbers stay there', () => {
    for (const [mine, other] of [
      ['http://[::1]:1', 'http://[::2]:1'],
      ['http://127.0.0.1:1', 'http://127.0.0.2:1'],
    ] as const) {
      const jar = cookieJar()
      jar.set(mine, 'a=1')
      jar.set(mine, `b=1; Domain=${new URL(mine).hostname}`)
      jar.set(mine, 'c=1; Domain=.0.1')
      assert.equal(jar.header(mine), 'a=1; b=1')
      assert.equal(jar.header(other), '')
    }
  })
})

suite('a body', () => {
  test('of 50 MB is read as JSON', async () => {
    const items = Array.from({ length: 500_000 }, (_, id) => ({ id, text: 'x'.repeat(80) }))
    const text = JSON.stringify(items)
    assert.ok(text.length > 50_000_000)
    await using server = await plainServer((_, response) => response.end(text))
    const read = await client(server.url).get<typeof items>('/').json()
    assert.deepEqual([read.length, read.at(-1)?.id], [500_000, 499_999])
  })
  test('may begin with the mark of the byte order, and be in UTF-16', async () => {
    const utf16 = Buffer.from('\ufeff{"a":"ż"}', 'utf16le')
    await using server = await plainServer(({ url }, response) => {
      response.setHeader('Content-Type', url === '/16' ? 'application/json; charset="utf-16le"' : 'application/json')
      response.end(url === '/16' ? utf16 : '\ufeff{"a":"ż"}')
    })
    const api = client(server.url)
    assert.deepEqual(await api.get('/8').json(), { a: 'ż' })
    assert.deepEqual(await api.get('/16').json(), { a: 'ż' })
  })
})

test('digest answers odd challenges', async () => {
  const challenges = [
    'BASIC realm="a, b", DIGEST REALM="x, \\"y\\"", NONCE="n=,", QOP="auth-int,AUTH", ALGORITHM=sha-256',
    'Negotiate abc==, Digest realm="", nonce="n", stale=TRUE, algorithm=md5-SESS, qop=auth',
    'Digest realm=r,nonce=n,  , Bearer error="x"',
  ]
  for (const challenge of challenges) {
    const seen: string[] = []
    await using server = await plainServer(({ headers }, response) => {
      seen.push(headers.authorization ?? '')
      if (headers.authorization === undefined) response.writeHead(401, { 'WWW-Authenticate': challenge }).end()
      else response.end('welcome')
    })
    assert.equal(
      await client(server.url, { auth: digest('ada', 'secret') })
        .get('/')
        .text(),
      'welcome',
      challenge,
    )
    assert.match(seen[1] ?? '', /^Digest username="ada", realm="(x, \\"y\\"||r)", nonce="n(=,)?"/)
  }
})
