import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { hurriedTime } from '../../../test/client/own-time.ts'
import { outgoing } from '../../../test/client/sending.ts'
import type { OutgoingRequest } from '../layer.ts'
import { apiKey } from './api-key.ts'
import { type Auth, authLayer } from './auth.ts'
import { basic } from './basic.ts'
import { bearer } from './bearer.ts'

const origin = 'https://api.example.com'

/** What leaves when a request goes through. */
async function sent(auth: Auth, request: OutgoingRequest): Promise<OutgoingRequest> {
  let seen: OutgoingRequest | undefined
  await authLayer(auth, { origin, time: hurriedTime() })(request, async (each) => {
    seen = each
    return new Response()
  })
  assert.ok(seen)
  return seen
}

const authorization = async (auth: Auth, request = outgoing(`${origin}/x`)) =>
  (await sent(auth, request)).headers.get('authorization')

suite('credentials go to the origin that they are meant for', () => {
  const schemes: readonly Auth[] = [
    basic('ada', 'secret'),
    bearer('secret'),
    bearer(() => 'secret', { refresh: () => 'secret' }),
    apiKey('x-key', 'secret'),
    apiKey('key', 'secret', { in: 'query' }),
    apiKey('key', 'secret', { in: 'cookie' }),
    ({ headers }) => headers.set('x-own', 'secret'),
  ]
  const text = ({ url, headers }: OutgoingRequest) => [url.href, ...headers].join()

  test('and to no other: host, port, scheme and subdomain count', async () => {
    for (const auth of schemes) {
      const own = text(await sent(auth, outgoing(`${origin}/x`)))
      assert.match(own, /secret|YWRhOnNlY3JldA==/)
      for (const other of [
        'https://evil.example',
        `${origin}:444`,
        'http://api.example.com',
        'https://a.api.example.com',
      ]) {
        assert.doesNotMatch(text(await sent(auth, outgoing(`${other}/x`))), /secret|YWRh/)
      }
    }
  })
  test('or to those that are given, and then to no other', async () => {
    const auth = bearer('secret', { origins: ['https://a.example/with/path', 'https://b.example'] })
    assert.equal(await authorization(auth, outgoing('https://a.example/x')), 'Bearer secret')
    assert.equal(await authorization(auth, outgoing('https://b.example/x')), 'Bearer secret')
    assert.equal(await authorization(auth), null)
  })
  test('an origin that is no address is refused at once', () => {
    assert.throws(
      () => authLayer(bearer('x', { origins: ['example.com'] }), { origin, time: hurriedTime() }),
      TypeError,
    )
  })
})

suite('basic', () => {
  test('is UTF-8 in base64', async () => {
    assert.equal(await authorization(basic('Aladdin', 'open sesame')), 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==')
    assert.equal(await authorization(basic('test', '123£')), 'Basic dGVzdDoxMjPCow==')
    assert.equal(await authorization(basic('', '')), 'Basic Og==')
    assert.equal(await authorization(basic('a', 'b:c')), 'Basic YTpiOmM=')
  })
  test('refuses what a server would read as something else', () => {
    assert.throws(() => basic('a:b', 'c'), /username without colon/)
    assert.throws(() => basic('a', 'c\n'), /control characters/)
  })
  test('leaves an Authorization of the request as it is', async () => {
    const request = outgoing(`${origin}/x`, { headers: { authorization: 'Own' } })
    for (const auth of [basic('a', 'b'), bearer('t'), bearer(() => 't'), bearer('t', { refresh: () => 'u' })]) {
      assert.equal(await authorization(auth, request), 'Own')
    }
  })
  test('leaves the request that it was given without credentials', async () => {
    const request = outgoing(`${origin}/x`)
    await sent(basic('a', 'b'), request)
    assert.deepEqual([...request.headers], [])
  })
})

suite('apiKey', () => {
  const to = (url: string, headers: Record<string, string> = {}) => outgoing(url, { headers })

  test('goes into a header', async () => {
    assert.equal((await sent(apiKey('X-API-Key', 'k'), to(origin))).headers.get('x-api-key'), 'k')
    assert.equal(
      (await sent(apiKey('X-API-Key', 'k'), to(origin, { 'x-api-key': 'own' }))).headers.get('x-api-key'),
      'own',
    )
  })
  test('goes into the query, beside what is there', async () => {
    const request = to(`${origin}/x?a=1`)
    assert.equal((await sent(apiKey('k', 'ä&b', { in: 'query' }), request)).url.search, '?a=1&k=%C3%A4%26b')
    assert.equal(request.url.search, '?a=1')
    assert.equal((await sent(apiKey('a', 'k', { in: 'query' }), request)).url.search, '?a=1')
  })
  test('goes into a cookie, beside others', async () => {
    const auth = apiKey('k', 'v', { in: 'cookie' })
    assert.equal((await sent(auth, to(origin))).headers.get('cookie'), 'k=v')
    assert.equal((await sent(auth, to(origin, { cookie: 'a=b' }))).headers.get('cookie'), 'a=b; k=v')
    assert.throws(() => apiKey('k', 'a;b', { in: 'cookie' }), /The cookie 'k' has/)
  })
})

suite('an own function', () => {
  test('changes the request that it is given, or returns another', async () => {
    assert.equal(await authorization(({ headers }) => headers.set('authorization', 'Own 1')), 'Own 1')
    assert.equal(
      await authorization(async (request) => ({ ...request, headers: new Headers({ authorization: 'Own 2' }) })),
      'Own 2',
    )
  })
  test('changes a copy: nothing of it is left when the request goes elsewhere', async () => {
    const request = outgoing(`${origin}/x`)
    await sent(({ headers, url }) => {
      headers.set('authorization', 'Own')
      url.searchParams.set('key', 'secret')
    }, request)
    assert.deepEqual([request.url.href, ...request.headers], [`${origin}/x`])
  })
  test('fails the call with its error', async () => {
    await assert.rejects(
      authorization(() => {
        throw new Error('no key at hand')
      }),
      /no key at hand/,
    )
  })
})
