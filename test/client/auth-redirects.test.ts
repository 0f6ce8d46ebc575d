import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { suite, test } from 'node:test'
import { apiKey } from '../../src/client/auth/api-key.ts'
import type { Auth } from '../../src/client/auth/auth.ts'
import { basic } from '../../src/client/auth/basic.ts'
import { bearer } from '../../src/client/auth/bearer.ts'
import { digest } from '../../src/client/auth/digest.ts'
import { oauth2 } from '../../src/client/auth/oauth2.ts'
import { client } from '../../src/client/client.ts'
import { type PlainServer, plainServer } from './sending.ts'

/** Two servers: `/away` leads from the first to the second, and `/back` from the second to the first. */
async function twoServers() {
  const redirect = (to: () => PlainServer | undefined) => (request: IncomingMessage) => {
    const path = request.url?.split('?')[0]
    if (path === '/away') return `${to()?.url}/there`
    if (path === '/round') return `${to()?.url}/back`
    return path === '/back' ? `${to()?.url}/home` : path === '/near' ? '/home' : undefined
  }
  const server = (to: () => PlainServer | undefined) =>
    plainServer((request, response) => {
      if (request.url === '/token') return void response.end('{"access_token":"secret"}')
      const location = redirect(to)(request)
      if (location !== undefined) return void response.writeHead(307, { Location: location }).end()
      const isIn = /authorization|x-key|secret/.test(said(request))
      if (!isIn) response.writeHead(401, { 'WWW-Authenticate': 'Digest realm="r", nonce="n", qop="auth"' })
      response.end()
    })
  const home = await server(() => other)
  const other: PlainServer = await server(() => home)
  return {
    home,
    other,
    [Symbol.asyncDispose]: async () => {
      await home[Symbol.asyncDispose]()
      await other[Symbol.asyncDispose]()
    },
  }
}

/** All that a request says that could be a credential. */
function said({ url, headers }: IncomingMessage): string {
  return JSON.stringify([url, Object.entries(headers)])
}

const schemes: Readonly<Record<string, (home: string) => Auth>> = {
  basic: () => basic('ada', 'secret'),
  digest: () => digest('ada', 'secret'),
  bearer: () => bearer('secret'),
  'bearer with refresh': () => bearer('secret', { refresh: () => 'secret' }),
  'a key in a header': () => apiKey('x-key', 'secret'),
  'a key in the query': () => apiKey('key', 'secret', { in: 'query' }),
  'a key in a cookie': () => apiKey('key', 'secret', { in: 'cookie' }),
  oauth2: (home) => oauth2({ tokenUrl: `${home}/token`, clientId: 'me', clientSecret: 'hidden' }),
  'an own function':
    () =>
    ({ headers }) =>
      headers.set('x-key', 'secret'),
}

suite('after a redirect', () => {
  for (const [name, auth] of Object.entries(schemes)) {
    test(`${name} goes on at its origin, to no other, and is there again when the way leads back`, async () => {
      await using it = await twoServers()
      const api = client(it.home.url, { auth: auth(it.home.url) })
      assert.equal((await api.get('/near')).status, 200)
      assert.equal((await api.get('/away')).status, 401)
      assert.equal((await api.get('/round')).status, 200)
      assert.deepEqual(
        it.other.requests.filter((request) => /authorization|x-key|secret|ada/i.test(said(request))),
        [],
      )
      assert.deepEqual(
        it.other.requests.map(({ url }) => url),
        ['/there', '/back'],
      )
    })
  }
  test('credentials for several origins go to each of them', async () => {
    await using it = await twoServers()
    const api = client(it.home.url, { auth: bearer('secret', { origins: [it.home.url, it.other.url] }) })
    assert.equal((await api.get('/away')).status, 200)
  })
  test('a whole address of another origin gets none of the session', async () => {
    await using it = await twoServers()
    const api = client(it.home.url, { auth: basic('ada', 'secret') })
    assert.equal((await api.get(`${it.other.url}/there`)).status, 401)
  })
})
