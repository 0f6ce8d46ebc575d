import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import {
  type AppOptions,
  any,
  apiKey,
  type CallContext,
  createApp,
  get,
  patch,
  post,
  put,
  role,
  service,
  stream,
  websocket,
} from 'trestle'
import { z } from 'zod'
import { headerOf, headersOf, jsonOf } from '../http/raw-connection.ts'
import { Client } from '../http/websocket-client.ts'
import { attacked } from './attacked.ts'

const folder = mkdtempSync(join(tmpdir(), 'trestle-attacks-'))
writeFileSync(join(folder, 'orders'), 'not for you')
writeFileSync(join(folder, 'public.txt'), 'for all')
after(() => rmSync(folder, { recursive: true }))

let runs = 0
const Owner = z.object({ owner: z.string() })
const Order = z.object({ owner: z.string(), note: z.string().optional() })
type Owned = CallContext & { readonly input: z.output<typeof Owner> }
const own = { allow: { allOf: [role('seller'), ({ input, caller }: Owned) => input.owner === caller.username] } }
const secured = { security: 'clients' } as const

const orders = service({
  ...own,
  name: 'orders',
  input: Owner,
  output: Order,
  on: [
    get('/orders/{owner}', { ...secured, etag: true, formatSuffix: true, produces: ['json', 'yaml'] }),
    any('/any/{owner}', secured),
  ],
  handle: ({ input: { owner } }) => {
    runs++
    return { owner }
  },
})
const changed = service({
  ...own,
  name: 'change',
  input: Order,
  output: Order,
  on: [
    put('/orders/{owner}', { ...secured, ifMatch: 'optional' }),
    patch('/orders/{owner}', { ...secured, prefer: true }),
    post('/orders/{owner}', { ...secured, prefer: true, idempotent: true }),
  ],
  handle: ({ input }) => {
    runs++
    return input
  },
})
const kept = service({
  ...own,
  name: 'kept',
  input: Owner,
  output: z.object({ owner: z.string(), run: z.int() }),
  on: get('/kept/{owner}', { ...secured, cache: { ttl: 60 } }),
  handle: ({ input: { owner } }) => ({ owner, run: ++runs }),
})
const whoami = service({
  name: 'whoami',
  output: z.object({ who: z.string(), run: z.int() }),
  on: [
    get('/whoami', { ...secured, cache: { ttl: 60 } }),
    get('/maybe', { security: ['clients', 'anonymous'], cache: { ttl: 60 } }),
  ],
  handle: ({ caller }) => ({ who: caller.username ?? 'nobody', run: ++runs }),
})
const versioned = service({
  ...own,
  name: 'versioned',
  input: Owner,
  output: Order,
  on: get('/orders/{owner}', { ...secured, versions: { by: 'path', default: '1', allowed: ['1', '2'] } }),
  handle: ({ input }) => {
    runs++
    return input
  },
})
const settings = {
  services: [orders, changed, kept, whoami],
  security: {
    ada: apiKey({ key: 'key-of-ada', roles: ['seller'] }),
    bob: apiKey({ key: 'key-of-bob', roles: ['seller'] }),
    guest: apiKey({ key: 'key-of-guest' }),
    clients: ['ada', 'bob', 'guest'],
  },
  failures: false,
} satisfies AppOptions

const keyOf = (name: string): Record<string, string> => ({ 'X-API-Key': `key-of-${name}` })
const json = { 'Content-Type': 'application/json' }

/** Other ways to write the path, with what they are answered for nobody, and for one who may not. */
const paths: readonly (readonly [path: string, nobody: number, other: number])[] = [
  ['/orders/ada', 401, 403],
  ['/orders/ada/', 401, 403],
  ['/orders/ada?', 401, 403],
  ['/orders/%61da', 401, 403],
  ['/%6frders/ada', 401, 403],
  ['/orders/ada?owner=bob', 401, 403],
  ['/orders/ada.json', 401, 403],
  ['/orders/ada.yaml', 401, 403],
  ['/orders/ada%2ejson', 401, 403],
  ['/orders/ada%20', 401, 403],
  ['/orders/ada;a=b', 401, 403],
  ['/orders/%2e%2e%2fada', 401, 403],
  ['/orders/ADA', 401, 403],
  ['/ORDERS/ada', 404, 404],
  ['//orders/ada', 404, 404],
  ['/orders//ada', 404, 404],
  ['/./orders/ada', 404, 404],
  ['/%2e/orders/ada', 404, 404],
  ['/x/../orders/ada', 404, 404],
  ['/orders%2fada', 404, 404],
  ['/orders;x/ada', 404, 404],
  ['/static/..%2forders/ada', 404, 404],
  ['/orders/ada%00', 400, 400],
  ['/orders/ada#', 400, 400],
  ['/orders/ada%ff', 400, 400],
  ['http://test/orders/ada', 401, 403],
  ['http://elsewhere/orders/ada', 400, 400],
  ['*', 400, 400],
]

describe('nobody gets to what is of somebody else', () => {
  test('by another way to write the path', async () => {
    await using api = await attacked({ ...settings, methodOverride: true })
    runs = 0
    for (const [path, nobody, other] of paths) {
      const statuses = [await api.ask(`GET ${path}`), await api.ask(`GET ${path}`, keyOf('bob'))].map(
        (each) => each.status,
      )
      assert.deepEqual(statuses, [nobody, other], path)
      const told = api.events().map(({ code }) => code)
      assert.deepEqual(told, nobody === 401 ? ['unauthorized', 'forbidden'] : [], path)
    }
    assert.equal(runs, 0)
    assert.equal((await api.ask('GET /orders/%61da', keyOf('ada'))).status, 200)
  })

  test('by another method, or one in a header', async () => {
    await using api = await attacked({ ...settings, methodOverride: true })
    runs = 0
    const override = (method: string) => ({ 'X-HTTP-Method-Override': method, 'Content-Length': '0' })
    const asked: readonly (readonly [line: string, headers: Record<string, string>, nobody: number, other: number])[] =
      [
        ['HEAD /orders/ada', {}, 401, 403],
        ['HEAD /any/ada', {}, 401, 403],
        ['DELETE /any/ada', {}, 401, 403],
        ['OPTIONS /orders/ada', {}, 204, 204],
        ['TRACE /any/ada', {}, 501, 501],
        ['PROPFIND /any/ada', {}, 501, 501],
        ['get /orders/ada', {}, 501, 501],
        ['POST /orders/ada', override('PUT'), 401, 403],
        ['POST /orders/ada', override('patch'), 401, 403],
        ['POST /orders/ada', override('GET'), 400, 400],
        ['POST /orders/ada', override('OPTIONS'), 400, 400],
        ['GET /orders/ada', { 'X-HTTP-Method-Override': 'OPTIONS' }, 401, 403],
        ['GET /orders/ada', { 'X-Original-URL': '/whoami', 'X-Rewrite-URL': '/whoami' }, 401, 403],
      ]
    for (const [line, headers, nobody, other] of asked) {
      const both = [await api.ask(line, headers), await api.ask(line, { ...headers, ...keyOf('guest') })]
      assert.deepEqual(
        both.map(({ status }) => status),
        [nobody, other],
        `${line} ${JSON.stringify(headers)}`,
      )
    }
    assert.equal(runs, 0)
  })

  test('by a version, an app that is mounted, or a file beside', async () => {
    const inner = createApp({ ...settings, log: 'silent', services: [versioned] })
    await using api = await attacked({
      ...{ ...settings, folder, mount: { '/in': inner } },
      static: { '/': folder },
    })
    runs = 0
    for (const path of ['/in/v1/orders/ada', '/in/v2/orders/ada', '/in/orders/ada']) {
      const statuses = [await api.ask(`GET ${path}`), await api.ask(`GET ${path}`, keyOf('bob'))].map(
        (each) => each.status,
      )
      assert.ok(
        statuses.every((each) => [401, 403, 404].includes(each)),
        `${path} ${statuses}`,
      )
    }
    for (const path of ['/public.txt/../orders/ada', '/in/../orders/ada', '/in/..%2forders/ada', '/%2e%2e/orders'])
      assert.notEqual((await api.ask(`GET ${path}`)).status, 200, path)
    assert.equal(String((await api.ask('GET /public.txt')).body), 'for all')
    assert.equal(runs, 0)
  })

  test('from the cache: it has a reply for each caller, and never a refusal', async () => {
    await using api = await attacked(settings)
    const of = async (path: string, headers: Record<string, string>) => {
      const reply = await api.ask(`GET ${path}`, headers)
      return [reply.status, headerOf(reply, 'x-cache'), jsonOf(reply).who ?? jsonOf(reply).owner]
    }
    assert.deepEqual(await of('/kept/ada', {}), [401, undefined, undefined])
    assert.deepEqual(await of('/kept/ada', keyOf('bob')), [403, 'Miss', undefined])
    assert.deepEqual(await of('/kept/ada', keyOf('ada')), [200, 'Miss', 'ada'])
    assert.deepEqual(await of('/kept/ada', keyOf('ada')), [200, 'Hit', 'ada'])
    assert.deepEqual(await of('/kept/ada', keyOf('bob')), [403, 'Miss', undefined])
    assert.deepEqual(await of('/kept/ada', { ...keyOf('bob'), 'Cache-Control': 'only-if-cached' }), [
      504,
      undefined,
      undefined,
    ])
    assert.deepEqual(await of('/kept/ada', {}), [401, undefined, undefined])
    for (const path of ['/whoami', '/maybe']) {
      for (const name of ['ada', 'bob']) {
        assert.deepEqual(await of(path, keyOf(name)), [200, 'Miss', name])
        assert.deepEqual(await of(path, keyOf(name)), [200, 'Hit', name])
      }
    }
    assert.deepEqual(await of('/maybe', {}), [200, 'Miss', 'nobody'])
    assert.deepEqual(await of('/maybe', { 'X-Forwarded-User': 'ada' }), [200, 'Hit', 'nobody'])
    const refused = await api.ask('GET /kept/ada')
    assert.deepEqual(headersOf(refused, 'cache-control'), [])
  })

  test('whose role is gone, from what was kept when it was there', async () => {
    await using app = createApp({ ...settings, log: 'silent' })
    const caller = { definition: 'ada', username: 'ada', roles: ['seller'], scopes: [] }
    const cacheOf = async (roles: readonly string[]) => {
      const reply = await app.fetch(new Request('http://test/whoami'), { caller: { ...caller, roles } })
      return reply.headers.get('x-cache')
    }
    assert.deepEqual([await cacheOf(['seller']), await cacheOf(['seller']), await cacheOf([])], ['Miss', 'Hit', 'Miss'])
  })

  test('from a reply that is kept for all, while a function decides who may have it: the app does not start', () => {
    const shared = service({
      ...own,
      name: 'shared',
      input: Owner,
      on: get('/s/{owner}', { ...secured, cache: { ttl: 1, shared: true } }),
      handle: () => {},
    })
    assert.throws(
      () => createApp({ ...settings, services: [shared] }),
      (error: Error) => {
        assert.match(
          error.message,
          /GET \/s\/\{owner\} \(shared\) keeps one reply for all callers, but a function in 'allow' decides/,
        )
        return true
      },
    )
  })

  test('by conditions, ranges or preferences: they are looked at behind the refusal', async () => {
    await using api = await attacked(settings)
    const etag = headerOf(await api.ask('GET /orders/ada', keyOf('ada')), 'etag') ?? ''
    assert.match(etag, /^"/)
    runs = 0
    const conditions = [
      { 'If-None-Match': etag },
      { 'If-None-Match': '*' },
      { 'If-Match': '"wrong"' },
      { 'If-Modified-Since': 'Fri, 01 Jan 2100 00:00:00 GMT' },
      { Range: 'bytes=0-0', 'If-Range': etag },
      { Accept: 'text/nothing' },
      { Prefer: 'respond-async' },
      { Prefer: 'return=representation' },
    ]
    for (const headers of conditions) {
      for (const method of ['GET', 'PUT', 'PATCH', 'POST']) {
        const body = method === 'GET' ? undefined : '{'
        const sent = { ...headers, ...(method !== 'GET' && json) }
        api.assertRefused(
          await api.ask(`${method} /orders/ada`, sent, body),
          401,
          'unauthorized',
          `${method} ${JSON.stringify(headers)}`,
        )
        const guest = await api.ask(`${method} /orders/ada`, { ...sent, ...keyOf('guest') }, body)
        api.assertRefused(guest, 403, 'forbidden', `${method} ${JSON.stringify(headers)}`)
      }
    }
    for (const headers of [{ 'If-Match': '"wrong"' }, { 'If-Match': etag }, { 'If-None-Match': '*' }])
      api.assertRefused(
        await api.ask('PUT /orders/ada', { ...json, ...headers, ...keyOf('bob') }, '{}'),
        403,
        'forbidden',
      )
    assert.equal(runs, 0)
  })

  test('by conditions of a change, whoever may make that but not read what is there', async () => {
    const drop = service({
      name: 'drop',
      input: z.object({ owner: z.string(), note: z.string() }),
      output: Order,
      on: put('/drop/{owner}', { security: 'guest', ifMatch: 'optional' }),
      handle: ({ input }) => input,
    })
    const read = service({
      name: 'read-drop',
      input: Owner,
      output: Order,
      on: get('/drop/{owner}', { security: 'ada' }),
      handle: ({ input: { owner } }) => ({ owner, note: 'secret' }),
    })
    await using api = await attacked({ ...settings, services: [drop, read] })
    const etag = headerOf(await api.ask('GET /drop/ada', keyOf('ada')), 'etag') ?? ''
    assert.match(etag, /^"/)
    const change = (more: Record<string, string>) =>
      api.ask('PUT /drop/ada', { ...json, ...keyOf('guest'), ...more }, '{"note":"secret"}')
    for (const condition of [
      { 'If-Match': etag },
      { 'If-Match': '"guess"' },
      { 'If-None-Match': etag },
      { 'If-None-Match': '*' },
    ])
      api.assertRefused(await change(condition), 403, 'forbidden', JSON.stringify(condition))
    const made = await change({})
    assert.deepEqual([made.status, headerOf(made, 'etag')], [200, undefined])
  })

  test('by an Idempotency-Key of somebody else', async () => {
    await using api = await attacked(settings)
    const key = { 'Idempotency-Key': '"8e03978e"', ...json }
    assert.equal((await api.ask('POST /orders/ada', { ...key, ...keyOf('ada') }, '{"note":"x"}')).status, 200)
    runs = 0
    api.assertRefused(await api.ask('POST /orders/ada', key, '{"note":"x"}'), 401, 'unauthorized')
    api.assertRefused(await api.ask('POST /orders/ada', { ...key, ...keyOf('bob') }, '{"note":"x"}'), 403, 'forbidden')
    assert.equal(runs, 0)
    const own = await api.ask('POST /orders/bob', { ...key, ...keyOf('bob') }, '{"note":"y"}')
    assert.deepEqual([own.status, headerOf(own, 'idempotency-replayed'), jsonOf(own).owner], [200, undefined, 'bob'])
  })
})

describe('a WebSocket', () => {
  const Message = z.object({ caller: z.unknown().optional(), admin: z.boolean().optional(), text: z.string() })
  const chat = service({
    ...own,
    name: 'chat',
    input: Owner,
    incoming: Message,
    output: stream(z.object({ who: z.string(), text: z.string() })),
    on: websocket('/chat/{owner}', secured),
    handle: async function* ({ incoming, caller }) {
      for await (const { text } of incoming) yield { who: caller.username ?? '', text }
    },
  })

  test('is opened by those who may, for the right object, and its messages change nothing of who calls', async () => {
    await using api = await attacked({ ...settings, services: [chat] })
    const url = `http://127.0.0.1:${api.port}/chat/ada`
    const refused: readonly (readonly [headers: Record<string, string>, status: number])[] = [
      [{}, 401],
      [keyOf('eve'), 401],
      [keyOf('guest'), 403],
      [keyOf('bob'), 403],
      [{ ...keyOf('ada'), Origin: 'https://evil.example' }, 403],
    ]
    for (const [headers, status] of refused) {
      await assert.rejects(Client.open(url, [], { headers }), { message: `Unexpected server response: ${status}` })
      assert.equal(api.events().length, 1)
    }
    // A browser cannot set headers here: neither protocols nor the address take their place.
    await assert.rejects(Client.open(`${url}?X-API-Key=key-of-ada`), /401/)
    await assert.rejects(Client.open(url, ['key-of-ada']), /401/)
    await using client = await Client.open(url, [], { headers: keyOf('ada') })
    client.send({ text: 'hi', caller: { username: 'root', roles: ['admin'] }, admin: true })
    assert.deepEqual(await client.messages(1), [{ who: 'ada', text: 'hi' }])
  })
})
