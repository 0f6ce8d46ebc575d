import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { basic, circuit, client, HttpError, type Layer, mock, type Reply } from 'trestle/client'
import { hurriedTime } from './own-time.ts'
import { plainServer } from './sending.ts'

const base = 'https://api.example/v1'

suite('a session', () => {
  test('is made from a session, whose settings stay as they were', async () => {
    const server = mock(({ url, headers }) => ({ url, one: headers.get('x-one'), two: headers.get('x-two') }))
    const first = client(base, { fetch: server, headers: { 'X-One': '1' }, params: { a: '1', b: '2' } })
    const second = first.extend({ baseUrl: '/todos', headers: { 'X-One': null, 'X-Two': '2' }, params: { b: '3' } })
    assert.deepEqual(await second.get('/7').json(), { url: `${base}/todos/7?a=1&b=3`, one: null, two: '2' })
    assert.deepEqual(await first.get('/7').json(), { url: `${base}/7?a=1&b=2`, one: '1', two: null })
  })
  test('calls its hooks, those of the session that it is made from first', async () => {
    const said: string[] = []
    const server = mock({ 'GET /v1/good': 'fine', 'GET /v1/bad': [500, {}] })
    const first = client(base, {
      fetch: server,
      onRequest: (request) => void said.push(`1 ${request.method}`),
      onReply: (reply) => void said.push(`reply ${reply.status}`),
    })
    const second = first.extend({
      onRequest: async (request) => {
        said.push('2')
        return { ...request, headers: new Headers({ 'X-Own': 'own' }) }
      },
      onError: (error) => new Error('Mine', { cause: error }),
      raiseForStatus: true,
    })
    assert.equal(await second.get('/good').text(), 'fine')
    assert.equal(server.requests[0]?.headers.get('x-own'), 'own')
    await assert.rejects(second.get('/bad'), (error) => {
      assert.ok(error instanceof Error && error.cause instanceof HttpError)
      return error.message === 'Mine'
    })
    assert.deepEqual(said, ['1 GET', '2', 'reply 200', '1 GET', '2', 'reply 500'])
  })
  test('sends through its own layers, the first outermost', async () => {
    const said: string[] = []
    const telling =
      (name: string): Layer =>
      async (request, next) => {
        said.push(name)
        return next(request)
      }
    const server = mock(() => 'x')
    await client(base, { fetch: server, layers: [telling('a')] })
      .extend({ layers: [telling('b')] })
      .get('/')
    assert.deepEqual(said, ['a', 'b'])
  })
  test('retries, and tells of it', async () => {
    await using server = await plainServer((_, response, number) => response.writeHead(number < 3 ? 503 : 200).end('x'))
    const reasons: string[] = []
    const patient = client(server.url, {
      retry: 2,
      time: hurriedTime(),
      timeout: false,
      onRetry: ({ reason }) => reasons.push(reason),
    })
    assert.equal(await patient.get('/').text(), 'x')
    assert.deepEqual(reasons, ['503 Service Unavailable', '503 Service Unavailable'])
  })
  test('makes no call of a server that keeps failing, also by sessions made from it', async () => {
    const server = mock(() => [500, {}])
    const careful = client(base, { fetch: server, circuit: circuit({ failures: 2 }) })
    await careful.get('/')
    await careful.extend({}).get('/')
    await assert.rejects(careful.extend({ headers: {} }).get('/'), { name: 'CircuitOpenError' })
    assert.equal(server.requests.length, 2)
  })
  test('takes the data out of an envelope', async () => {
    const server = mock({ 'GET /v1/one': { meta: { is_ok: true }, data: { id: 1 } }, 'GET /v1/plain': { id: 2 } })
    const wrapped = client(base, { fetch: server, envelope: 'meta' })
    assert.deepEqual(await wrapped.get('/one').json(), { id: 1 })
    assert.deepEqual(await wrapped.get('/plain').json(), { id: 2 })
  })
  test('reads a list page by page', async () => {
    const server = mock((request) => {
      const page = Number(new URL(request.url).searchParams.get('page') ?? 1)
      const link = page < 3 ? { link: `<?page=${page + 1}&size=2>; rel="next"` } : {}
      return Response.json([page * 2 - 1, page * 2], { headers: link })
    })
    const numbers: number[] = []
    const lists = client(base, { fetch: server, params: { size: 2 } })
    for await (const item of lists.items<number>('/numbers')) numbers.push(item)
    assert.deepEqual(numbers, [1, 2, 3, 4, 5, 6])
    assert.deepEqual(
      server.requests.map(({ url }) => new URL(url).search),
      ['?size=2', '?page=2&size=2', '?page=3&size=2'],
    )
  })
  test('sends its credentials to the origin of its base URL, those of a call to that of the call', async () => {
    const server = mock(({ headers }) => ({ sent: headers.get('authorization') }))
    const mine = client(base, { fetch: server, auth: basic('u', 'p') })
    const own = { auth: basic('o', 'p') }
    assert.deepEqual(await mine.get('/').json(), { sent: 'Basic dTpw' })
    assert.deepEqual(await mine.get('https://other.example/').json(), { sent: null })
    assert.deepEqual(await mine.get('https://other.example/', own).json(), { sent: 'Basic bzpw' })
    assert.deepEqual(await mine.get('/', { auth: false }).json(), { sent: null })
  })
  test('fails with what its own body fails with', async () => {
    await using server = await plainServer((request, response) => {
      request.on('error', () => {})
      request.resume().on('end', () => response.end())
    })
    const body = (async function* () {
      yield 'part'
      throw new Error('No more milk')
    })()
    await assert.rejects(client(server.url).post('/', { body }), /No more milk/)
  })
  test('says at once what is wrong with its base URL', () => {
    assert.throws(() => client('/api'), /'\/api' is no address of http or https/)
  })
  test('sends to an app, without a port', async () => {
    const app = { fetch: async (request: Request): Promise<Response> => new Response(await request.text()) }
    assert.equal(
      await client(base, { fetch: (request) => app.fetch(request) })
        .post('/', { body: 'told' })
        .text(),
      'told',
    )
  })
})

suite('a mock', () => {
  test('answers by method and path', async () => {
    const server = mock({
      'GET /v1/{list}/{id}': (_, params) => params,
      'GET /v1/files/{path*}': (_, params) => params,
      'POST /v1/todos': async (request) => [201, await request.json()],
      'DELETE /v1/todos': undefined,
    })
    const api = client(base, { fetch: server })
    assert.deepEqual(await api.get('/todos/a%20b').json(), { list: 'todos', id: 'a b' })
    assert.deepEqual(await api.get('/files/x/y/z').json(), { path: 'x/y/z' })
    const created: Reply = await api.post('/todos', { json: { id: 1 } })
    assert.deepEqual([created.status, await created.json()], [201, { id: 1 }])
    assert.equal((await api.delete('/todos')).status, 204)
    assert.deepEqual(await server.requests[2]?.json(), { id: 1 })
  })
  test('knows no more than it was told', async () => {
    const server = mock({ 'GET /one': 1 })
    await assert.rejects(client(base, { fetch: server }).post('/two'), {
      message: 'The mock has no route for POST /v1/two, but for GET /one: add one',
    })
    assert.throws(() => mock({ 'get one': 1 }), /is no method and path/)
  })
  test('that never answers is given up by the client', async () => {
    const server = mock(() => new Promise(() => {}))
    await assert.rejects(client(base, { fetch: server, time: hurriedTime() }).get('/'), { name: 'TimeoutError' })
  })
})
