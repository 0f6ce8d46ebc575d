import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import {
  type AppOptions,
  basic,
  bearer,
  createApp,
  login,
  type Person,
  provider,
  StartupError,
  service,
  session,
  stream,
  websocket,
} from 'trestle'
import { z } from 'zod'
import { openStore } from '../../src/security/store/store.ts'
import { headerOf, headersOf, jsonOf, type RawReply } from '../http/raw-connection.ts'
import { Client } from '../http/websocket-client.ts'
import { cookieOf, loginRequest, me, order, password, sessionApp, userFolder } from './session-app.ts'

const codeOf = (reply: RawReply) => [reply.status, jsonOf(reply).code]

describe('logging in', () => {
  test('begins a session, with JSON or with a form, that says who calls until it ends', async () => {
    using folder = await userFolder()
    await using app = await sessionApp({ data: folder.data })
    const reply = await app.send(...loginRequest('ADA', password))
    assert.equal(reply.status, 200)
    const [cookie = ''] = headersOf(reply, 'set-cookie')
    assert.match(cookie, /^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
    assert.equal(headerOf(reply, 'cache-control'), 'no-store')
    const shown = jsonOf(reply)
    assert.deepEqual(
      { ...shown, csrfToken: '' },
      {
        ...{ username: 'Ada', roles: ['admin'], scopes: [], csrfToken: '', expires: '2026-01-01T12:00:00.000Z' },
      },
    )
    const Cookie = cookieOf(reply)
    assert.deepEqual(jsonOf(await app.send('GET /me', { Cookie })), { who: 'Ada', roles: ['admin'] })
    const current = await app.send('GET /session', { Cookie })
    assert.deepEqual([current.status, jsonOf(current)], [200, shown])
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const byForm = await app.send('POST /session', form, `username=ada&password=${encodeURIComponent(password)}`)
    assert.equal(jsonOf(byForm).username, 'Ada')
  })

  test('is refused alike for a wrong password, somebody unknown, and somebody disabled', async () => {
    using folder = await userFolder()
    await folder.users.create({ username: 'eve', password, enabled: false })
    await using app = await sessionApp({ data: folder.data })
    const tries = [
      ['ada', 'another phrase'],
      ['nobody', password],
      ['eve', password],
      ['', ''],
    ] as const
    const replies = await Promise.all(tries.map(([name, given]) => app.send(...loginRequest(name, given))))
    for (const reply of replies) {
      assert.deepEqual(codeOf(reply), [401, 'invalid_credentials'])
      assert.equal(headerOf(reply, 'www-authenticate'), 'Session realm="Shop"')
      assert.deepEqual(headersOf(reply, 'set-cookie'), [])
    }
    const bodies = replies.map((reply) => ({ ...jsonOf(reply), cid: '' }))
    assert.deepEqual(bodies.slice(1), [bodies[0], bodies[0], bodies[0]])
    const failed = app.events.filter(({ type }) => type === 'login.failed')
    // What nobody is called may be a password, typed in the wrong place.
    assert.deepEqual(failed.map(({ username }) => username ?? '').sort(), ['', '', 'ada', 'eve'])
    assert.equal(JSON.stringify(app.events).includes('phrase'), false)
  })

  test('takes no password from the address, and nothing that is none', async () => {
    await using app = await sessionApp()
    assert.deepEqual(codeOf(await app.send('POST /session?username=ada&password=secret')), [400, 'bad_request'])
    const json = { 'Content-Type': 'application/json' }
    assert.deepEqual(codeOf(await app.send('POST /session', json, '{"username":"ada"}')), [422, 'invalid_input'])
    const long = await app.send('POST /session', json, JSON.stringify({ username: 'a'.repeat(20_000), password }))
    assert.deepEqual(codeOf(long), [413, 'body_too_large'])
  })

  test('gives a new id whatever the browser has sent, and ends the session that it had', async () => {
    using folder = await userFolder()
    await using app = await sessionApp({ data: folder.data })
    const planted = `session=${'A'.repeat(43)}`
    const first = cookieOf(await app.send(...loginRequest('ada', password, { Cookie: planted })))
    assert.notEqual(first, planted)
    assert.equal((await app.send('GET /me', { Cookie: planted })).status, 401)
    const second = cookieOf(await app.send(...loginRequest('ada', password, { Cookie: first })))
    assert.notEqual(second, first)
    assert.equal((await app.send('GET /me', { Cookie: first })).status, 401)
    assert.equal((await app.send('GET /me', { Cookie: second })).status, 200)
    assert.deepEqual(
      app.events.flatMap(({ type, detail = '', username }) =>
        type === 'call.refused' ? [] : [[type, detail, username]],
      ),
      [
        ['session.started', '', 'Ada'],
        ['session.ended', 'Another one has begun', 'Ada'],
        ['session.started', '', 'Ada'],
      ],
    )
  })

  test('keeps neither the id nor the password in any file', async () => {
    using folder = await userFolder()
    await using app = await sessionApp({ data: folder.data })
    const id = (await app.logIn()).slice('session='.length)
    const files = readdirSync(folder.data)
    assert.equal(files.includes('sessions.db'), true)
    for (const file of files) {
      const bytes = readFileSync(join(folder.data, file))
      assert.deepEqual([bytes.includes(id), bytes.includes(password)], [false, false], file)
    }
  })

  test('is a matter of limits for failures', async () => {
    // The limits themselves have their own tests; here they have to be asked.
    await using app = await sessionApp()
    const replies = []
    for (let at = 0; at < 30; at++) replies.push((await app.send(...loginRequest('Ada', 'x'.repeat(1025)))).status)
    assert.equal(replies[0], 401)
    assert.equal(replies.at(-1), 429)
  })
})

describe('the cookie', () => {
  test('is for this host and https alone where the client came by https, past a trusted proxy', async () => {
    using folder = await userFolder()
    await using app = await sessionApp({ data: folder.data, trustedProxies: ['127.0.0.1'] })
    const https = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '192.0.2.7' }
    const reply = await app.send(...loginRequest('ada', password, https))
    const [line = ''] = headersOf(reply, 'set-cookie')
    assert.match(line, /^__Host-session=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/)
    const Cookie = cookieOf(reply)
    assert.equal((await app.send('GET /me', { ...https, Cookie })).status, 200)
    // A neighbour could have set a cookie without the prefix.
    assert.equal((await app.send('GET /me', { ...https, Cookie: Cookie.replace('__Host-', '') })).status, 401)
    assert.equal((await app.send('GET /me', { Cookie })).status, 401)
    assert.equal(app.events[0]?.address, '192.0.2.7')
  })

  test('is as the settings say', async () => {
    using folder = await userFolder()
    const sessions = { cookie: 'shop', domain: 'example.com', sameSite: 'strict', path: '/who' } as const
    await using app = await sessionApp({ data: folder.data, trustedProxies: ['127.0.0.1'], sessions })
    const [, headers, body] = loginRequest('ada', password)
    const secure = await app.send('POST /who', { ...headers, 'X-Forwarded-Proto': 'https' }, body)
    assert.match(
      headersOf(secure, 'set-cookie')[0] ?? '',
      /^__Secure-shop=[\w-]{43}; Domain=example.com; Path=\/; Secure; HttpOnly; SameSite=Strict$/,
    )
    assert.match(cookieOf(await app.send('POST /who', headers, body)), /^shop=/)
  })

  test('of a session that is none is as good as none', async () => {
    await using app = await sessionApp()
    for (const value of ['', 'x', 'A'.repeat(43), 'A'.repeat(4000)]) {
      const refused = await app.send('GET /me', { Cookie: `session=${value}` })
      assert.deepEqual(codeOf(refused), [401, 'unauthorized'])
      assert.equal(headerOf(refused, 'www-authenticate'), 'Session realm="Shop"')
      assert.deepEqual(jsonOf(await app.send('GET /anybody', { Cookie: `session=${value}` })), { who: '', roles: [] })
    }
  })
})

describe('requests of other sites', () => {
  const own = 'http://test'
  const other = 'https://evil.example'
  const trusted = 'https://app.example.com'
  const cases: readonly (readonly [
    origin: string | undefined,
    site: string | undefined,
    token: boolean,
    ok: boolean,
  ])[] = [
    [undefined, 'same-origin', false, true],
    [undefined, 'none', false, true],
    [own, 'same-origin', false, true],
    [other, 'same-origin', false, true],
    [own, undefined, false, true],
    ['HTTP://TEST', undefined, false, true],
    [trusted, undefined, false, true],
    [trusted, 'cross-site', false, true],
    [undefined, undefined, false, false],
    [undefined, 'same-site', false, false],
    [undefined, 'cross-site', false, false],
    [other, undefined, false, false],
    [other, 'cross-site', false, false],
    ['null', undefined, false, false],
    ['', undefined, false, false],
    ['https://test', undefined, false, false],
    ['http://test.evil.example', undefined, false, false],
    [undefined, undefined, true, true],
    [undefined, 'same-site', true, true],
    [other, 'cross-site', true, true],
  ]

  test('change nothing without the token of the session', async () => {
    using folder = await userFolder()
    await using app = await sessionApp({ data: folder.data, sessions: { trustedOrigins: [trusted] } })
    const Cookie = await app.logIn()
    const token = String(jsonOf(await app.send('GET /session', { Cookie })).csrfToken)
    for (const [origin, site, withToken, ok] of cases) {
      const headers = {
        ...(origin !== undefined && { Origin: origin }),
        ...(site !== undefined && { 'Sec-Fetch-Site': site }),
        ...(withToken && { 'X-CSRF-Token': token }),
      }
      const reply = await app.send('POST /orders', { Cookie, 'Content-Length': '0', ...headers })
      const what = JSON.stringify(headers)
      assert.deepEqual(
        ok ? [204, undefined] : [403, 'cross_site_request'],
        [reply.status, ok ? undefined : jsonOf(reply).code],
        what,
      )
      assert.equal((await app.send('GET /me', { Cookie, ...headers })).status, 200, what)
    }
    const cross = { Cookie, Origin: other, 'Content-Length': '0' }
    const wrong = ['', token.slice(1), `${token}=`, `x${token.slice(1)}`, 'é']
    for (const each of wrong)
      assert.equal((await app.send('POST /orders', { ...cross, 'X-CSRF-Token': each })).status, 403, each)
    const foreign = String(jsonOf(await app.send(...loginRequest('ada', password))).csrfToken)
    assert.equal((await app.send('POST /orders', { ...cross, 'X-CSRF-Token': foreign })).status, 403)
  })

  test('may ask, and may not log out; without a session they are nobody', async () => {
    using folder = await userFolder()
    await using app = await sessionApp({ data: folder.data })
    const Cookie = await app.logIn()
    const cross = { Origin: other, 'Sec-Fetch-Site': 'cross-site', Cookie }
    assert.equal((await app.send('QUERY /me', { ...cross, 'Content-Length': '0' })).status, 200)
    assert.deepEqual(codeOf(await app.send('DELETE /session', cross)), [403, 'cross_site_request'])
    const nobody = await app.send('POST /orders', { ...cross, Cookie: 'session=x', 'Content-Length': '0' })
    assert.deepEqual(codeOf(nobody), [401, 'unauthorized'])
  })

  test('cannot log anybody in', async () => {
    using folder = await userFolder()
    await using app = await sessionApp({ data: folder.data, sessions: { trustedOrigins: [trusted] } })
    const statusOf = async (headers: Readonly<Record<string, string>>) =>
      (await app.send(...loginRequest('ada', password, headers))).status
    assert.equal(await statusOf({ Origin: other }), 403)
    assert.equal(await statusOf({ Origin: 'null' }), 403)
    assert.equal(await statusOf({ 'Sec-Fetch-Site': 'cross-site' }), 403)
    assert.equal(await statusOf({ 'Sec-Fetch-Site': 'same-site', Origin: 'http://neighbour.test' }), 403)
    assert.equal(await statusOf({ Origin: own }), 200)
    assert.equal(await statusOf({ Origin: trusted, 'Sec-Fetch-Site': 'cross-site' }), 200)
    assert.equal(await statusOf({ 'Sec-Fetch-Site': 'same-origin' }), 200)
  })
})

describe('a session', () => {
  const minute = 60_000

  test('ends when it has not been used for half an hour', async () => {
    using folder = await userFolder()
    await using app = await sessionApp({ data: folder.data })
    const Cookie = await app.logIn()
    for (let at = 0; at < 3; at++) {
      app.time.now += 29 * minute
      assert.equal((await app.send('GET /me', { Cookie })).status, 200)
    }
    app.time.now += 30 * minute
    assert.equal((await app.send('GET /me', { Cookie })).status, 401)
    app.time.now -= 29 * minute
    assert.equal((await app.send('GET /me', { Cookie })).status, 401)
    assert.deepEqual(
      app.events.filter(({ type }) => type === 'session.ended').map(({ detail }) => detail),
      ['It has expired'],
    )
  })

  test('ends after half a day, however much it is used', async () => {
    using folder = await userFolder()
    await using app = await sessionApp({ data: folder.data })
    const Cookie = await app.logIn()
    for (let at = 0; at < 25; at++) {
      app.time.now += 28 * minute
      assert.equal((await app.send('GET /me', { Cookie })).status, 200)
    }
    app.time.now += 20 * minute
    assert.equal((await app.send('GET /me', { Cookie })).status, 401)
  })

  test('is written down at most once a minute', async () => {
    using folder = await userFolder()
    await using app = await sessionApp({ data: folder.data })
    const Cookie = await app.logIn()
    const store = openStore(folder.data, 'sessions', '')
    const changes = async (after: number, calls: number) => {
      const before = store.version()
      app.time.now += after
      for (let at = 0; at < calls; at++) await app.send('GET /me', { Cookie })
      return store.version() !== before
    }
    assert.deepEqual([await changes(minute - 1, 3), await changes(1, 1), await changes(0, 3)], [false, true, false])
    store.close()
  })

  test('ends at the logout, in all apps on one data folder, and outlasts a restart', async () => {
    using folder = await userFolder()
    await using one = await sessionApp({ data: folder.data })
    await using other = await sessionApp({ data: folder.data })
    const [Cookie, kept] = [await one.logIn(), await one.logIn()]
    assert.equal((await other.send('GET /me', { Cookie })).status, 200)
    const logout = await one.send('DELETE /session', { Cookie, 'Sec-Fetch-Site': 'same-origin' })
    assert.equal(logout.status, 204)
    assert.match(headersOf(logout, 'set-cookie')[0] ?? '', /^session=; .*Max-Age=0/)
    for (const app of [one, other]) assert.equal((await app.send('GET /me', { Cookie })).status, 401)
    assert.equal((await one.send('DELETE /session', { Cookie, 'Sec-Fetch-Site': 'same-origin' })).status, 401)
    await one.app.close()
    await other.app.close()
    await using again = await sessionApp({ data: folder.data })
    assert.equal((await again.send('GET /me', { Cookie: kept })).status, 200)
    assert.equal((await again.send('GET /me', { Cookie })).status, 401)
  })

  test('follows its user: roles at once, and it ends with another password, when disabled or deleted', async () => {
    using folder = await userFolder()
    await using app = await sessionApp({ data: folder.data })
    const cookies = [await app.logIn()]
    const statusOf = async (Cookie = '') => (await app.send('GET /me', { Cookie })).status
    await folder.users.change('ada', { roles: ['buyer'] })
    assert.deepEqual(jsonOf(await app.send('GET /me', { Cookie: cookies[0] ?? '' })).roles, ['buyer'])
    await folder.users.change('ada', { password: 'another good phrase' })
    assert.equal(await statusOf(cookies[0]), 401)
    cookies.push(await app.logIn('ada', 'another good phrase'))
    await folder.users.change('ada', { enabled: false })
    assert.equal(await statusOf(cookies[1]), 401)
    await folder.users.change('ada', { enabled: true })
    assert.deepEqual([await statusOf(cookies[0]), await statusOf(cookies[1])], [401, 401])
    cookies.push(await app.logIn('ada', 'another good phrase'))
    folder.users.delete('ada')
    assert.equal(await statusOf(cookies[2]), 401)
    await folder.users.create({ username: 'ada', password })
    assert.equal(await statusOf(cookies[2]), 401)
    assert.equal(app.events.filter(({ type }) => type === 'session.ended').length, 3)
  })

  test('gives way to credentials that are shown on purpose, which no other site can make a browser send', async () => {
    using folder = await userFolder()
    const shop = basic({ username: 'shop', password: 'secret of the shop' })
    await using app = await sessionApp({
      data: folder.data,
      security: { people: session(), shop, browsers: ['people', 'shop'] },
    })
    const Cookie = await app.logIn()
    const Authorization = `Basic ${Buffer.from('shop:secret of the shop').toString('base64')}`
    const cross = { Cookie, Origin: 'https://evil.example' }
    assert.equal(jsonOf(await app.send('GET /me', { ...cross, Authorization })).who, 'shop')
    assert.equal((await app.send('POST /orders', { ...cross, Authorization, 'Content-Length': '0' })).status, 204)
    const wrong = await app.send('GET /me', { Cookie, Authorization: Authorization.slice(0, -4) })
    assert.deepEqual(codeOf(wrong), [401, 'invalid_credentials'])
    assert.equal(jsonOf(await app.send('GET /me', cross)).who, 'Ada')
  })

  test('opens a WebSocket for pages of its own origin only', async () => {
    using folder = await userFolder()
    const talk = service({
      name: 'talk',
      incoming: z.string(),
      output: stream(z.string()),
      on: websocket('/talk', { security: 'browsers' }),
      handle: async function* ({ caller }) {
        yield caller.username ?? ''
      },
    })
    await using app = await sessionApp({ data: folder.data, services: [talk] })
    const Cookie = await app.logIn()
    const url = `http://127.0.0.1:${app.port}/talk`
    const open = (headers: Readonly<Record<string, string>>) =>
      Client.open(url, [], { headers: { Cookie, ...headers } })
    await assert.rejects(open({ Origin: 'https://evil.example' }), /403/)
    await assert.rejects(open({}), /403/)
    await using client = await open({ Origin: `http://127.0.0.1:${app.port}` })
    assert.deepEqual(await client.messages(1), ['Ada'])
  })
})

describe('people whom the app itself knows', () => {
  const names = provider(() => new Map<string, Person>([['ada', { username: 'ada', roles: ['admin'] }]]), {
    scope: 'app',
  })
  const known = {
    use: { names },
    verify: ({ password: given }: { password: string }, call: { names: Map<string, Person> }) =>
      given === password ? call.names.get('ada') : undefined,
  }

  test('have what was known at the login where nobody can be asked later', async () => {
    await using app = await sessionApp({ login: login(known) })
    const Cookie = await app.logIn()
    assert.deepEqual(jsonOf(await app.send('GET /me', { Cookie })), { who: 'ada', roles: ['admin'] })
    assert.deepEqual(codeOf(await app.send(...loginRequest('ada', 'wrong'))), [401, 'invalid_credentials'])
  })

  test('are asked about anew every five seconds', async () => {
    const people = new Map<string, Person>([['ada', { username: 'ada', roles: ['admin'], stamp: '1' }]])
    let asked = 0
    const find = (username: string, call: { names: Map<string, Person> }) => {
      asked++
      return call.names.get(username)
    }
    await using app = await sessionApp({ login: login({ ...known, find }), use: { names: people } })
    const Cookie = await app.logIn()
    const ask = async () => {
      const reply = await app.send('GET /me', { Cookie })
      return [asked, reply.status === 200 ? jsonOf(reply).roles : reply.status]
    }
    assert.deepEqual(
      [await ask(), await ask()],
      [
        [1, ['admin']],
        [1, ['admin']],
      ],
    )
    people.set('ada', { username: 'ada', roles: ['buyer'], stamp: '1' })
    app.time.now += 5000
    assert.deepEqual(
      [await ask(), await ask()],
      [
        [2, ['buyer']],
        [2, ['buyer']],
      ],
    )
    people.set('ada', { username: 'ada', roles: ['buyer'], stamp: '2' })
    app.time.now += 5000
    assert.deepEqual(await ask(), [3, 401])
  })

  test('do not get in while nobody can say whether they may', async () => {
    let broken = false
    const find = () => {
      if (broken) throw new Error('the database is away')
      return { username: 'ada' }
    }
    await using app = await sessionApp({ login: login({ ...known, find }) })
    const Cookie = await app.logIn()
    assert.equal((await app.send('GET /me', { Cookie })).status, 200)
    broken = true
    app.time.now += 5000
    assert.deepEqual(codeOf(await app.send('GET /me', { Cookie })), [500, 'internal_error'])
    broken = false
    assert.equal((await app.send('GET /me', { Cookie })).status, 200)
  })
})

interface Described {
  readonly security: object
  readonly responses: Readonly<Record<string, object>>
}

describe('the settings of sessions', () => {
  const faultsOf = (options: Partial<AppOptions>) => {
    try {
      createApp({ services: [me, order], security: { browsers: session() }, log: 'silent', ...options })
      return []
    } catch (error) {
      return error instanceof StartupError ? error.reasons : [String(error)]
    }
  }

  test('that cannot hold keep the app from starting', () => {
    assert.deepEqual(
      faultsOf({
        sessions: { path: 'session', idle: 0, cookie: '__Host-a', domain: 'localhost', trustedOrigins: ['a.example/'] },
      }),
      [
        'sessions.idle is 0: give seconds, more than 0',
        "sessions.path is 'session': give a path without parameters, such as /session",
        "sessions.cookie is '__Host-a': give a name of letters and digits, without __Host- in front",
        "sessions.domain is 'localhost': give a domain, such as example.com, or leave it out",
        "sessions.trustedOrigins has 'a.example/': give scheme and host, such as https://app.example.com",
      ],
    )
    assert.deepEqual(faultsOf({ security: { browsers: bearer({ token: 'abc' }) }, sessions: {} }), [
      'sessions is set, but security has no session(): add one, and name it where sessions let in',
    ])
    assert.deepEqual(faultsOf({ users: { passwords: { minLength: -1 } } }), [
      'users.passwords.minLength is -1: give a whole number from 1 to 1024',
    ])
  })

  test('are in the API description', async () => {
    await using app = createApp({ services: [me, order], security: { browsers: session() }, log: 'silent' })
    const reply = await app.fetch(new Request('http://localhost/openapi.json'))
    const { paths, components } = (await reply.json()) as Record<string, Record<string, Record<string, never>>>
    assert.deepEqual(Object.keys(paths?.['/session'] ?? {}), ['get', 'post', 'delete'])
    const { session: scheme } = components?.securitySchemes ?? {}
    assert.deepEqual(
      { ...(scheme as object | undefined), description: '' },
      { type: 'apiKey', in: 'cookie', name: '__Host-session', description: '' },
    )
    const { post: create, get: read } = { ...paths?.['/orders'], ...paths?.['/me'] } as Record<string, Described>
    assert.deepEqual(create?.security, [{ session: [] }])
    assert.deepEqual(create?.responses['403'], { $ref: '#/components/responses/Forbidden' })
    assert.equal(read?.responses['403'], undefined)
  })

  test('make no address where no definition lets sessions in', async () => {
    await using app = createApp({ services: [], log: 'silent' })
    assert.equal((await app.fetch(new Request('http://localhost/session'))).status, 404)
  })
})
