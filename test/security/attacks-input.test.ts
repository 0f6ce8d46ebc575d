import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  type AppOptions,
  apiKey,
  basic,
  bearer,
  type Caller,
  createApp,
  get,
  login,
  mutualTls,
  post,
  role,
  scope,
  service,
} from 'trestle'
import { z } from 'zod'
import { headerOf, headersOf, jsonOf, type RawReply } from '../http/raw-connection.ts'
import { attacked, basicOf, me, whoAt } from './attacked.ts'

const injected = '\r\nX-Evil: 1\r\n\r\n<b>'

describe('headers of a reply hold nothing that was sent to break them', () => {
  const moved = service({
    name: 'moved',
    input: z.object({ to: z.string() }),
    on: get('/moved', { status: 303 }),
    handle: ({ input, http }) => http?.setHeader('Location', input.to),
  })
  const made = service({
    name: 'made',
    input: z.object({ id: z.string() }),
    output: z.object({ id: z.string() }),
    on: [get('/things/{id}'), post('/things', { location: '/things/{id}' })],
    handle: ({ input }) => input,
  })
  const odd = service({
    name: 'odd',
    on: get('/odd', { security: 'all', allow: scope(`orders→"${injected}`) }),
    handle: () => {},
  })
  const settings: AppOptions = {
    title: `Or"ders\\ →${injected}`,
    services: [me, moved, made, odd],
    login: login({ verify: () => undefined }),
    tokens: { issuer: 'orders', clients: { reports: { secret: 'secret of reports', scopes: ['orders:read'] } } },
    security: {
      hr: basic({ username: 'hr', password: 'x' }),
      shop: apiKey({ key: 'key-of-shop', in: 'query', name: 'key' }),
      people: bearer({ token: 'agreed' }),
      all: ['hr', 'shop', 'people'],
    },
    failures: false,
  }
  const whole = (reply: RawReply, what: string): void => {
    assert.deepEqual(headersOf(reply, 'x-evil'), [], what)
    for (const [name, value] of reply.fields) assert.match(value, /^[\t\x20-\x7e]*$/, `${what}: ${name}`)
  }
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const formOf = (values: Record<string, string>): string => new URLSearchParams(values).toString()
  const requests: readonly (readonly [
    line: string,
    headers: Record<string, string>,
    body: string | undefined,
    status: number,
  ])[] = [
    ['GET /me', {}, undefined, 401],
    ['GET /me', { Authorization: basicOf(`hr${injected}:x`) }, undefined, 401],
    ['GET /me', { Authorization: basicOf('"\\\u00e9:x') }, undefined, 401],
    ['GET /me', { Authorization: 'Bearer a.b"c' }, undefined, 401],
    ['GET /me', { 'X-Correlation-ID': '<script>"\\' }, undefined, 401],
    ['GET /me', { 'X-Correlation-ID': 'é'.repeat(2000) }, undefined, 401],
    ['GET /odd', { Authorization: 'Bearer agreed' }, undefined, 403],
    [`GET /moved?to=${encodeURIComponent(`/${injected}`)}`, {}, undefined, 500],
    ['POST /things', { 'Content-Type': 'application/json' }, JSON.stringify({ id: injected }), 201],
    ['POST /token', form, formOf({ grant_type: injected }), 400],
    ['POST /token', form, formOf({ username: injected, password: injected }), 400],
    ['POST /token', form, formOf({ grant_type: 'client_credentials', client_id: injected, client_secret: 'x' }), 401],
    [
      'POST /token',
      form,
      formOf({
        grant_type: 'client_credentials',
        client_id: 'reports',
        client_secret: 'secret of reports',
        scope: `a"\\${injected}`,
      }),
      400,
    ],
    [
      'POST /token',
      { ...form, Authorization: basicOf(`%0d%0aX-Evil: 1:x`) },
      formOf({ grant_type: 'client_credentials' }),
      401,
    ],
  ]

  test('neither of names, realms, ids, places nor of what went wrong', async () => {
    await using api = await attacked(settings)
    for (const [line, headers, body, status] of requests) {
      const reply = await api.ask(line, headers, body)
      const what = `${line} ${JSON.stringify(headers)} ${body}`
      assert.equal(reply.status, status, `${what}: ${reply.body}`)
      whole(reply, what)
      assert.match(headerOf(reply, 'x-correlation-id') ?? '', /^[\w-]{1,64}$/, what)
      if (status === 401 || status === 403) assert.ok(api.events().length > 0, what)
    }
    const { fields } = await api.ask('GET /me')
    assert.deepEqual(
      fields.filter(([name]) => name === 'WWW-Authenticate').map(([, value]) => value),
      [
        'Basic realm="Or\\"ders\\\\ ???X-Evil: 1????<b>", charset="UTF-8", Bearer realm="Or\\"ders\\\\ ???X-Evil: 1????<b>", ApiKey realm="Or\\"ders\\\\ ???X-Evil: 1????<b>", in="query", name="key"',
      ],
    )
    const refused = await api.ask('POST /token', form, formOf({ grant_type: `"\\${injected}` }))
    assert.match(String(jsonOf(refused).error_description), /^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
  })

  test('names that headers cannot hold keep the app from starting', () => {
    const faultsOf = (more: Partial<AppOptions>): string => {
      try {
        createApp({ log: 'silent', services: [], ...more })
      } catch (error) {
        return String(error)
      }
      return 'it starts'
    }
    for (const name of [`key${injected}`, 'kéy', 'a b', '', 'a"b'])
      assert.match(faultsOf({ security: { shop: apiKey({ key: 'x', name }) } }), /security\.shop has its key in/, name)
    const limited = service({
      name: 'l',
      on: get('/l', { limit: { rate: '1/minute', name: `a${injected}` } }),
      handle: () => {},
    })
    assert.match(faultsOf({ services: [limited] }), /the limit of GET \/l/)
  })
})

describe('nobody becomes somebody else by saying so', () => {
  const security = {
    hr: apiKey({ key: 'key-of-hr' }),
    gateway: mutualTls({ subjects: ['CN=gateway'] }),
    all: ['hr', 'gateway'],
  }
  const claims: Readonly<Record<string, string>> = {
    'X-Forwarded-User': 'hr',
    'X-Remote-User': 'hr',
    'Remote-User': 'hr',
    'X-User': 'hr',
    'X-Forwarded-For': '127.0.0.1',
    Forwarded: 'for=127.0.0.1;proto=https',
    'X-Forwarded-Proto': 'https',
    'Client-Cert': ':AAAA:',
    'X-SSL-Client-Cert': '-----BEGIN%20CERTIFICATE-----',
    'X-SSL-Client-S-DN': 'CN=gateway',
    'X-Forwarded-Client-Cert': 'Subject="CN=gateway"',
    'X-Forwarded-Access-Token': 'key-of-hr',
    'Proxy-Authorization': basicOf('hr:key-of-hr'),
    'X-Trestle-Caller': 'hr',
  }

  test('by headers that proxies set, unless they come from a trusted one', async () => {
    await using api = await attacked({
      ...{ services: [me], security, failures: false },
      ...{ trustedProxies: ['192.0.2.1'], clientCertificateHeader: 'Client-Cert' },
    })
    for (const [name, value] of Object.entries(claims))
      api.assertRefused(await api.ask('GET /me', { [name]: value }), 401, 'unauthorized', name)
    api.assertRefused(await api.ask('GET /me', claims), 401, 'unauthorized')
  })

  test('by what a call is vouched for that is for another channel', async () => {
    const other = { ...security, shop: apiKey({ key: 'key-of-shop' }), people: bearer({ token: 'agreed' }) }
    await using app = createApp({
      log: 'silent',
      services: [me, whoAt('/maybe', ['shop', 'anonymous'])],
      security: other,
    })
    const statusOf = async (path: string, caller: Caller | string): Promise<number> =>
      (await app.fetch(new Request(`http://test${path}`), { caller })).status
    const named = (definition: string | undefined): Caller => ({ definition, username: 'hr', roles: [], scopes: [] })
    assert.equal(await statusOf('/me', 'hr'), 200)
    assert.equal(await statusOf('/me', 'shop'), 401)
    assert.equal(await statusOf('/me', named('shop')), 401)
    assert.equal(await statusOf('/me', named('people')), 401)
    assert.equal(await statusOf('/maybe', named('hr')), 401)
    await assert.rejects(app.fetch(new Request('http://test/me'), { caller: '__proto__' }), RangeError)
  })

  test('by roles, scopes and groups that are names of properties', async () => {
    const guarded = (rule: Parameters<typeof whoAt>[1], allow: ReturnType<typeof role> | ReturnType<typeof scope>) =>
      service({ name: 'guarded', on: get('/guarded', { security: rule, allow }), handle: () => {} })
    for (const name of ['__proto__', 'constructor', 'toString', 'length']) {
      for (const allow of [role(name), scope(name)]) {
        await using api = await attacked({ services: [guarded('all', allow)], security, roles: { admin: ['*'] } })
        api.assertRefused(await api.ask('GET /guarded', { 'X-API-Key': 'key-of-hr' }), 403, 'forbidden', name)
      }
      assert.throws(
        () => createApp({ log: 'silent', services: [guarded(name, role('x'))], security }),
        /which is no security definition and no group/,
        name,
      )
    }
  })
})

describe('mass assignment', () => {
  const User = z.object({
    name: z.string(),
    role: z
      .string()
      .optional()
      .meta({ writableBy: role('admin'), readableBy: role('admin') }),
  })
  const seen: unknown[] = []
  const signUp = service({
    name: 'sign-up',
    input: User,
    output: User,
    on: [post('/users', { security: 'all', consumes: ['json', 'form'] })],
    handle: ({ input }) => {
      seen.push(input)
      return { role: 'user', ...input, password: 'hash' }
    },
  })
  const security = { guest: apiKey({ key: 'key-of-guest' }), all: ['guest'] }
  const key = { 'X-API-Key': 'key-of-guest' }
  const json = { ...key, 'Content-Type': 'application/json' }
  const form = { ...key, 'Content-Type': 'application/x-www-form-urlencoded' }

  test('sets no member that is not declared, nor one that is for others, nor any prototype', async () => {
    await using api = await attacked({ services: [signUp], security })
    for (const [headers, body] of [
      [json, '{"name":"eve","role":"admin"}'],
      [form, 'name=eve&role=admin'],
    ] as const)
      api.assertRefused(await api.ask('POST /users', headers, body), 403, 'forbidden', body)
    api.assertRefused(await api.ask('POST /users?role=admin', json, '{"name":"eve"}'), 403, 'forbidden')
    assert.equal(seen.length, 0)
    const harmless: readonly (readonly [line: string, headers: Record<string, string>, body: string])[] = [
      ['POST /users', json, '{"name":"eve","admin":true,"id":1,"password":"x","caller":{"roles":["admin"]}}'],
      ['POST /users', json, '{"name":"eve","__proto__":{"role":"admin"},"constructor":{"prototype":{"role":"admin"}}}'],
      ['POST /users?__proto__[role]=admin&constructor.prototype.role=admin', json, '{"name":"eve"}'],
      ['POST /users', form, 'name=eve&__proto__[role]=admin&__proto__.role=admin&constructor[prototype][role]=admin'],
    ]
    for (const [line, headers, body] of harmless) {
      seen.splice(0)
      const reply = await api.ask(line, headers, body)
      assert.deepEqual([reply.status, jsonOf(reply)], [200, { name: 'eve' }], body)
      assert.deepEqual([seen, Object.keys(seen[0] as object)], [[{ name: 'eve' }], ['name']], body)
      assert.equal(Object.getPrototypeOf(seen[0]), Object.prototype, body)
    }
    assert.equal('role' in {}, false)
  })
})
