import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { service, stream, websocket } from 'trestle'
import { z } from 'zod'
import { headerOf, headersOf, jsonOf } from '../http/raw-connection.ts'
import { Client } from '../http/websocket-client.ts'
import { cookieOf, loginRequest, me, order, password, sessionApp, userFolder } from './session-app.ts'

const evil = 'https://evil.example'

describe('a session cannot be fixed', () => {
  test('an id that somebody has put into the browser never becomes that of a session', async () => {
    using folder = await userFolder()
    await using app = await sessionApp({ data: folder.data })
    const theirs = await app.logIn()
    for (const Cookie of [`session=${'A'.repeat(43)}`, theirs, 'session=', 'session=__proto__']) {
      const reply = await app.send(...loginRequest('ada', password, { Cookie }))
      const own = cookieOf(reply)
      assert.equal(reply.status, 200)
      assert.notEqual(own, Cookie)
      assert.equal((await app.send('GET /me', { Cookie })).status, 401, 'what was there before is worth nothing now')
      assert.equal((await app.send('GET /me', { Cookie: own })).status, 200)
    }
  })

  test('an id is taken from its cookie alone, and by its name', async () => {
    using folder = await userFolder()
    await using app = await sessionApp({ data: folder.data })
    const [name = '', id = ''] = (await app.logIn()).split('=')
    const places: readonly (readonly [line: string, headers: Record<string, string>])[] = [
      [`GET /me?session=${id}`, {}],
      ['GET /me', { Session: id }],
      ['GET /me', { Authorization: `Session ${id}` }],
      ['GET /me', { Authorization: `Bearer ${id}` }],
      ['GET /me', { Cookie: `Session=${id}` }],
      ['GET /me', { Cookie: `__Host-session=${id}` }],
      ['GET /me', { Cookie: `__Secure-session=${id}` }],
      ['GET /me', { Cookie: `${name}=${id}x` }],
      ['GET /me', { Cookie: `${name}=${id.slice(1)}` }],
      ['GET /me', { Cookie: `${name}=${id.toLowerCase()}` }],
      // A page of a neighbour may set a cookie of this name for the path /me, which is sent in front.
      ['GET /me', { Cookie: `${name}=${'A'.repeat(43)}; ${name}=${id}` }],
    ]
    for (const [line, headers] of places) {
      app.events.splice(0)
      const reply = await app.send(line, headers)
      assert.deepEqual([reply.status, jsonOf(reply).code], [401, 'unauthorized'], `${line} ${JSON.stringify(headers)}`)
      assert.equal(headerOf(reply, 'www-authenticate'), 'Session realm="Shop"')
      assert.deepEqual(
        app.events.map(({ type, code }) => [type, code]),
        [['call.refused', 'unauthorized']],
      )
    }
  })

  test('where the client came by https, a cookie that a neighbour or a page over http can set counts for nothing', async () => {
    using folder = await userFolder()
    await using app = await sessionApp({ data: folder.data, trustedProxies: ['loopback'] })
    const https = { 'X-Forwarded-For': '192.0.2.1', 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'shop.example' }
    const reply = await app.send(...loginRequest('ada', password, https))
    const [line = ''] = headersOf(reply, 'set-cookie')
    assert.match(line, /^__Host-session=[\w-]{43}; .*Path=\/; .*Secure/)
    assert.match(line, /HttpOnly/)
    assert.match(line, /SameSite=Lax/)
    const Cookie = cookieOf(reply)
    assert.equal((await app.send('GET /me', { ...https, Cookie })).status, 200)
    assert.equal((await app.send('GET /me', { ...https, Cookie: Cookie.replace('__Host-', '') })).status, 401)
  })
})

describe('another site', () => {
  const forged: readonly (readonly [what: string, headers: Record<string, string>])[] = [
    ['a form', { Origin: evil, 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['a form as text', { Origin: evil, 'Content-Type': 'text/plain' }],
    ['a page without an origin', { Origin: 'null' }],
    ['a browser that tells the site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a neighbour', { Origin: 'http://neighbour.test', 'Sec-Fetch-Site': 'same-site' }],
    ['a host that begins like ours', { Origin: 'http://test.evil.example' }],
    ['another port', { Origin: 'http://test:81' }],
    ['a page that says it is a script', { Origin: evil, 'X-Requested-With': 'XMLHttpRequest' }],
    ['a Referer of ours', { Origin: evil, Referer: 'http://test/' }],
    ['no origin at all', {}],
    ['a token of nobody', { Origin: evil, 'X-CSRF-Token': 'x'.repeat(43) }],
    ['a token twice', { Origin: evil, 'X-CSRF-Token': 'a, b' }],
    ['another method', { Origin: evil, 'X-HTTP-Method-Override': 'PUT' }],
  ]

  test('changes nothing with the cookie of a user, nor logs anybody in', async () => {
    using folder = await userFolder()
    await using app = await sessionApp({ data: folder.data, methodOverride: true })
    const Cookie = await app.logIn()
    for (const [what, headers] of forged) {
      app.events.splice(0)
      const path = headers['X-HTTP-Method-Override'] === undefined ? '/orders' : '/me'
      const reply = await app.send(`POST ${path}`, { Cookie, 'Content-Length': '0', ...headers })
      const expected = path === '/orders' ? [403, 'cross_site_request'] : [405, 'method_not_allowed']
      assert.deepEqual([reply.status, jsonOf(reply).code], expected, what)
      if (path === '/orders')
        assert.deepEqual(
          app.events.map(({ type, code }) => [type, code]),
          [['call.refused', 'cross_site_request']],
          what,
        )
    }
    const login = await app.send(...loginRequest('ada', password, { Origin: evil }))
    assert.deepEqual(
      [login.status, jsonOf(login).code, headersOf(login, 'set-cookie')],
      [403, 'cross_site_request', []],
    )
  })

  test('opens no WebSocket with it', async () => {
    using folder = await userFolder()
    const news = service({
      name: 'news',
      output: stream(z.object({ who: z.string() })),
      on: websocket('/news', { security: 'browsers', origins: [evil] }),
      handle: async function* ({ caller }) {
        yield { who: caller.username ?? '' }
      },
    })
    await using app = await sessionApp({ data: folder.data, services: [me, order, news] })
    const Cookie = await app.logIn()
    app.events.splice(0)
    const url = `http://127.0.0.1:${app.port}/news`
    // The channel lets the page in, but not with somebody else's cookie.
    await assert.rejects(Client.open(url, [], { headers: { Cookie, Origin: evil } }), /403/)
    assert.deepEqual(
      app.events.map(({ code }) => code),
      ['cross_site_request'],
    )
    await using own = await Client.open(url, [], { headers: { Cookie, Origin: `http://127.0.0.1:${app.port}` } })
    assert.deepEqual(await own.messages(1), [{ who: 'Ada' }])
  })
})
