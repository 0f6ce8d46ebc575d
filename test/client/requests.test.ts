import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { type Client, client, HttpError } from 'trestle/client'
import { z } from 'zod'
import { type ServedExample, serveExample } from '../examples/served-example.ts'

interface Told {
  readonly args: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>
  readonly url: string
  readonly method?: string
  readonly data?: string
  readonly json?: unknown
  readonly form?: Readonly<Record<string, unknown>>
  readonly files?: Readonly<Record<string, unknown>>
}

suite('a client against httpbin', () => {
  let served: ServedExample
  let bin: Client
  before(async () => {
    served = await serveExample('httpbin')
    bin = client(served.url)
  })
  after(() => served[Symbol.asyncDispose]())

  suite('methods', () => {
    for (const name of ['get', 'post', 'put', 'patch', 'delete', 'query'] as const) {
      test(`calls by ${name}`, async () => {
        const { method } = await bin[name]<Told>('/anything').json()
        assert.equal(method, name.toUpperCase())
      })
    }
    test('calls by head, which has no body', async () => {
      const reply = await bin.head('/get')
      assert.deepEqual([reply.status, await reply.text()], [200, ''])
    })
    test('calls by options', async () => {
      const reply = await bin.options('/get')
      assert.deepEqual([reply.status, reply.headers.get('allow')], [204, 'GET, HEAD, OPTIONS'])
    })
    test('calls by any method', async () => {
      assert.equal((await bin.request<Told>('post', '/anything').json()).method, 'POST')
    })
    test('needs no base URL for a whole address', async () => {
      assert.equal((await client().get(`${served.url}/get`)).status, 200)
      assert.equal((await client('https://elsewhere.example').get(`${served.url}/get`)).status, 200)
    })
  })

  suite('params', () => {
    test('repeat lists, leave out null and undefined, and write dates', async () => {
      const params = { tag: ['a', 'b'], none: null, missing: undefined, since: new Date(0), yes: true }
      const { args } = await bin.get<Told>('/get', { params }).json()
      assert.deepEqual(args, { tag: ['a', 'b'], since: '1970-01-01T00:00:00.000Z', yes: 'true' })
    })
    test('come as pairs or as the standard has them', async () => {
      const pairs: [string, string][] = [
        ['a', '1'],
        ['a', 'ü &'],
      ]
      for (const params of [pairs, new URLSearchParams(pairs)]) {
        assert.deepEqual((await bin.get<Told>('/get', { params }).json()).args, { a: ['1', 'ü &'] })
      }
    })
    test('are laid over those of the session, and follow those of the address', async () => {
      const session = bin.extend({ params: { key: 'k', lang: 'en' } })
      const { args } = await session.get<Told>('/get?own=1', { params: { lang: 'de' } }).json()
      assert.deepEqual(args, { own: '1', key: 'k', lang: 'de' })
    })
    test('fill the path, encoded', async () => {
      const { url } = await bin.get<Told>('/anything/{name}', { params: { name: 'a b/c?d' } }).json()
      assert.equal(url, `${served.url}/anything/a%20b%2Fc%3Fd`)
    })
  })

  suite('bodies', () => {
    test('are JSON by json', async () => {
      const told = await bin.post<Told>('/post', { json: { title: 'Buy milk', at: new Date(0), none: null } }).json()
      assert.deepEqual(told.json, { title: 'Buy milk', at: '1970-01-01T00:00:00.000Z', none: null })
      assert.equal(told.headers['Content-Type'], 'application/json')
    })
    test('keep a media type given by hand', async () => {
      const headers = { 'content-type': 'application/json; v=2' }
      const text = await bin.post<Told>('/post', { body: '{"a":1}', headers }).json()
      assert.deepEqual([text.json, text.headers['Content-Type']], [{ a: 1 }, headers['content-type']])
      const json = await bin.post<Told>('/post', { json: [], headers }).json()
      assert.equal(json.headers['Content-Type'], headers['content-type'])
    })
    test('are forms by form', async () => {
      const told = await bin.put<Told>('/put', { form: { key: 'value', many: [1, 2], none: null } }).json()
      assert.deepEqual(told.form, { key: 'value', many: ['1', '2'] })
    })
    test('are multipart by files, several of a field, with fields beside', async () => {
      const files = {
        one: { content: 'first', filename: 'one.txt', type: 'text/plain' },
        many: [new Blob(['second']), new TextEncoder().encode('third')],
        named: new File(['fourth'], 'four.txt'),
      }
      const told = await bin.post<Told>('/post', { files, form: { note: 'ü' } }).json()
      assert.deepEqual(told.files, { one: 'first', many: ['second', 'third'], named: 'fourth' })
      assert.deepEqual(told.form, { note: 'ü' })
    })
    const letters = async function* (): AsyncGenerator<string> {
      for (const letter of 'abc') yield letter
    }
    const contents: Record<string, () => NonNullable<Parameters<Client['post']>[1]>['body']> = {
      'a text': () => 'abc',
      bytes: () => new TextEncoder().encode('abc'),
      'a blob': () => new Blob(['abc']),
      'a stream': () => new Blob(['abc']).stream(),
      'an async iterable': letters,
    }
    for (const [what, content] of Object.entries(contents)) {
      test(`are ${what}`, async () => {
        const body = content()
        const told = await bin.post<Told>('/post', { ...(body !== undefined && { body }) }).json()
        assert.equal(told.data, 'abc')
      })
    }
    test('are one at a time', async () => {
      await assert.rejects(bin.post('/post', { json: 1, form: {} }), /has one body, but has 'json' and 'form'/)
      await assert.rejects(bin.get('/get', { json: 1 }), /GET .* has a body/)
    })
    test('refuse what JSON has no word for, by its name', async () => {
      await assert.rejects(
        bin.post('/post', { json: { price: Number.NaN } }),
        /The JSON to send has NaN \(number\) at 'price', for/,
      )
      await assert.rejects(bin.post('/post', { json: [Number.POSITIVE_INFINITY] }), /has Infinity \(number\) at '0'/)
      await assert.rejects(
        bin.post('/post', { json: { at: new Date(Number.NaN) } }),
        /has Invalid Date \(object\) at 'at'/,
      )
    })
  })

  suite('replies', () => {
    test('tell all about themselves', async () => {
      const reply = await bin.get('/response-headers', { params: { 'X-One': 'two', Link: '</next>; rel="next"' } })
      assert.deepEqual(
        [reply.status, reply.statusText, reply.ok, reply.headers.get('x-one'), reply.encoding, reply.method],
        [200, 'OK', true, 'two', 'utf-8', 'GET'],
      )
      assert.equal(reply.links.next?.url, `${served.url}/next`)
      assert.ok(reply.elapsed >= 0)
      assert.deepEqual(reply.history, [])
    })
    test('are read again as often as anybody likes', async () => {
      const reply = await bin.get<Told>('/get')
      const text = await reply.text()
      assert.deepEqual(JSON.parse(text), await reply.json())
      assert.equal((await reply.bytes()).length, text.length)
      assert.match((await reply.blob()).type, /^application\/json/)
      assert.equal(await new Response(reply.stream()).text(), text)
    })
    test('are checked by a schema of any library', async () => {
      const User = z.object({ 'user-agent': z.string() }).transform((told) => told['user-agent'])
      const agent: string = await bin.get('/user-agent', { headers: { 'User-Agent': 'mine/1' } }).json(User)
      assert.equal(agent, 'mine/1')
      const Wrong = z.object({ 'user-agent': z.number() })
      await assert.rejects(bin.get('/user-agent').json(Wrong), {
        name: 'BodyError',
        message: /^GET .*\/user-agent answered with what does not fit the schema: user-agent: /,
      })
    })
    test('are decoded', async () => {
      for (const coding of ['gzip', 'deflate', 'brotli']) {
        assert.equal((await bin.get(`/${coding}`)).status, 200, coding)
        await bin.get(`/${coding}`).json()
      }
    })
    test('have any status; asked for their data, those of 400 and above are errors', async () => {
      const reply = await bin.get('/status/418')
      assert.deepEqual([reply.status, reply.ok], [418, false])
      await assert.rejects(bin.get('/status/404').text(), (error) => {
        assert.ok(error instanceof HttpError)
        assert.deepEqual([error.status, error.method, error.url], [404, 'GET', `${served.url}/status/404`])
        assert.match(error.message, /^GET http.*\/status\/404 answered 404 Not Found/)
        return true
      })
    })
    test('tell the problem of the server', async () => {
      await assert.rejects(bin.get('/nowhere').json(), (error) => {
        assert.ok(error instanceof HttpError)
        assert.deepEqual([error.problem?.status, error.problem?.code], [404, 'route_not_found'])
        assert.match(error.message, /\(route_not_found, cid [\da-f]{32}\)$/)
        return true
      })
    })
    test('raise for their status when they are asked to', async () => {
      assert.equal((await bin.get('/get').raiseForStatus()).status, 200)
      await assert.rejects(async () => (await bin.get('/status/500')).raiseForStatus(), { name: 'HttpError' })
      await assert.rejects(bin.extend({ raiseForStatus: true }).get('/status/500'), { name: 'HttpError' })
      assert.equal(
        (await bin.extend({ raiseForStatus: true }).get('/status/500', { raiseForStatus: false })).status,
        500,
      )
    })
    test('are items of JSON Lines as they come', async () => {
      const ids: number[] = []
      for await (const { id } of bin.get('/stream/5').items<{ id: number }>()) ids.push(id)
      assert.deepEqual(ids, [0, 1, 2, 3, 4])
    })
    test('come in parts, whose sum is told', async () => {
      const told: number[] = []
      const bytes = await bin.get('/bytes/70000', { onDownload: ({ received }) => told.push(received) }).bytes()
      assert.equal(bytes.length, 70_000)
      assert.equal(told.at(-1), 70_000)
    })
  })

  suite('sessions', () => {
    test('send their headers, unless a call takes one away', async () => {
      const session = bin.extend({ headers: { 'X-One': '1', 'X-Two': '2' } }).extend({ headers: { 'x-two': 'two' } })
      const { headers } = await session.get<Told>('/headers', { headers: { 'X-ONE': null, 'X-Three': 3 } }).json()
      assert.deepEqual([headers['X-One'], headers['X-Two'], headers['X-Three']], [undefined, 'two', '3'])
    })
    test('keep the cookies that the server sets', async () => {
      const session = client(served.url)
      const reply = await session.get('/cookies/set', { params: { a: '1', b: '2' } })
      assert.deepEqual(
        reply.history.map(({ status }) => status),
        [302],
      )
      assert.deepEqual(await reply.json(), { cookies: { a: '1', b: '2' } })
      await session.get('/cookies/delete?a')
      assert.deepEqual(await session.get('/cookies').json(), { cookies: { b: '2' } })
      assert.deepEqual(await session.extend({}).get('/cookies').json(), { cookies: { b: '2' } })
    })
    test('do not keep the cookies of a call', async () => {
      const session = client(served.url, { cookies: { kept: 'k' } })
      const cookies = { own: 'o' }
      assert.deepEqual(await session.get('/cookies', { cookies }).json(), { cookies: { own: 'o', kept: 'k' } })
      assert.deepEqual(await session.get('/cookies').json(), { cookies: { kept: 'k' } })
    })
    test('keep none when they are not to', async () => {
      const session = client(served.url, { cookies: false })
      assert.deepEqual(await session.get('/cookies/set/a/1').json(), { cookies: {} })
      assert.equal(session.cookies, undefined)
    })
    test('log in by name and password in the address', async () => {
      const to = served.url.replace('//', '//me:s%20t@')
      const reply = await client(to).get('/basic-auth/me/s t')
      assert.equal(reply.status, 200)
      assert.doesNotMatch(reply.url, /@/)
    })
  })

  test('answers many calls at once, each with its own', async () => {
    const told = await Promise.all(
      Array.from({ length: 50 }, (_, n) => bin.get<Told>('/get', { params: { n } }).json()),
    )
    assert.deepEqual(
      told.map(({ args }) => args.n),
      Array.from({ length: 50 }, (_, n) => String(n)),
    )
  })
})
