import assert from 'node:assert/strict'
import { text } from 'node:stream/consumers'
import { suite, test } from 'node:test'
import { apiKey, basic, client, RedirectError } from 'trestle/client'
import { plainServer } from './sending.ts'

interface Told {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Redirects `/{status}?to=` with that status, and tells everything else back. */
const redirecting = () =>
  plainServer(async (request, response) => {
    const { method, url = '', headers } = request
    const { pathname, searchParams } = new URL(url, 'http://host')
    const body = await text(request)
    const status = Number(pathname.slice(1))
    if (status >= 300) {
      response.writeHead(status, { location: searchParams.get('to') ?? '/told' }).end('gone')
      return
    }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ method, url, headers, body }))
  })

suite('a redirect', () => {
  const becomes: Record<number, Record<string, string>> = {
    301: { GET: 'GET', HEAD: 'HEAD', POST: 'GET', PUT: 'PUT', PATCH: 'PATCH', DELETE: 'DELETE' },
    302: { GET: 'GET', HEAD: 'HEAD', POST: 'GET', PUT: 'PUT', PATCH: 'PATCH', DELETE: 'DELETE' },
    303: { GET: 'GET', HEAD: 'HEAD', POST: 'GET', PUT: 'GET', PATCH: 'GET', DELETE: 'GET' },
    307: { GET: 'GET', HEAD: 'HEAD', POST: 'POST', PUT: 'PUT', PATCH: 'PATCH', DELETE: 'DELETE' },
    308: { GET: 'GET', HEAD: 'HEAD', POST: 'POST', PUT: 'PUT', PATCH: 'PATCH', DELETE: 'DELETE' },
  }
  for (const [status, methods] of Object.entries(becomes)) {
    for (const [method, then] of Object.entries(methods)) {
      test(`by ${status} makes ${method} a ${then}, with its body if it stays what it was`, async () => {
        await using server = await redirecting()
        const hasBody = method !== 'GET' && method !== 'HEAD'
        const reply = await client(server.url).request<Told>(method, `/${status}`, hasBody ? { json: { a: 1 } } : {})
        assert.deepEqual([reply.status, reply.method, server.requests.at(-1)?.method], [200, then, then])
        assert.deepEqual(
          reply.history.map((each) => [each.status, each.method, each.url]),
          [[Number(status), method, `${server.url}/${status}`]],
        )
        if (then === 'HEAD') return
        const told = await reply.json()
        const keeps = hasBody && then === method
        assert.deepEqual(
          [told.body, told.headers['content-type']],
          keeps ? ['{"a":1}', 'application/json'] : ['', undefined],
        )
      })
    }
  }

  test('keeps credentials on its origin, and drops them on another', async () => {
    await using server = await redirecting()
    await using other = await redirecting()
    const session = client(server.url, {
      auth: apiKey('X-Key', 'secret'),
      headers: { Authorization: 'mine', Own: 'kept' },
    })
    const same = await session.get<Told>('/302', { cookies: { a: '1' } }).json()
    assert.deepEqual(
      [same.headers.authorization, same.headers['x-key'], same.headers.cookie, same.headers.own],
      ['mine', 'secret', 'a=1', 'kept'],
    )
    const away = await session.get<Told>('/302', { params: { to: `${other.url}/told` }, cookies: { a: '1' } }).json()
    assert.deepEqual(
      [away.headers.authorization, away.headers['x-key'], away.headers.cookie, away.headers.own],
      [undefined, undefined, undefined, 'kept'],
    )
  })

  test('gets back the credentials of its origin when it comes back', async () => {
    await using server = await redirecting()
    await using other = await redirecting()
    const back = `${other.url}/302?to=${encodeURIComponent(`${server.url}/told`)}`
    const session = client(server.url, { auth: basic('u', 'p') })
    const told = await session.get<Told>('/307', { params: { to: back } }).json()
    assert.equal(told.headers.authorization, 'Basic dTpw')
    assert.equal(other.requests[0]?.headers.authorization, undefined)
  })

  test('keeps the fragment of the address, unless it has its own', async () => {
    await using server = await redirecting()
    assert.equal((await client(server.url).get('/302#part')).url, `${server.url}/told#part`)
    assert.equal((await client(server.url).get('/302?to=/x%23own#part')).url, `${server.url}/x#own`)
  })

  test('is the reply by manual, an error by error', async () => {
    await using server = await redirecting()
    const reply = await client(server.url).get('/302', { redirect: 'manual' })
    assert.deepEqual([reply.status, reply.headers.get('location'), await reply.text()], [302, '/told', 'gone'])
    await assert.rejects(client(server.url).get('/302', { redirect: 'error' }), RedirectError)
  })

  test('with no address to go to is the reply, and to no address of HTTP an error', async () => {
    await using server = await plainServer((_, response) => response.writeHead(302).end())
    assert.equal((await client(server.url).get('/')).status, 302)
    await using strange = await redirecting()
    for (const to of ['file:///etc/passwd', 'data:,x', 'http://:x']) {
      await assert.rejects(client(strange.url).get('/302', { params: { to } }), /no address of http/)
    }
  })

  test('is followed twenty times, or as often as is said', async () => {
    await using server = await plainServer((_, response) => response.writeHead(302, { location: '/again' }).end())
    await assert.rejects(client(server.url).get('/'), (error) => {
      assert.ok(error instanceof RedirectError)
      assert.equal(error.history.length, 20)
      return true
    })
    assert.equal(server.requests.length, 21)
    await assert.rejects(client(server.url).get('/', { maxRedirects: 0 }), /once more after 0 redirects/)
  })

  test('cannot send a stream twice, but may drop it', async () => {
    await using server = await redirecting()
    const stream = () => new Blob(['abc']).stream()
    await assert.rejects(client(server.url).post('/307', { body: stream() }), /a stream can be sent only once/)
    assert.equal((await client(server.url).post<Told>('/303', { body: stream() }).json()).method, 'GET')
    assert.equal(
      (
        await client(server.url)
          .post<Told>('/308', { files: { f: 'abc' } })
          .json()
      ).method,
      'POST',
    )
  })
})
