import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { any, createApp, get, group, rest, StartupError, service } from '../../src/index.ts'
import type { Channel } from '../../src/kernel/channel.ts'
import { silentLogger } from '../../src/kernel/logger.ts'
import type { Service } from '../../src/kernel/service.ts'
import type { openApiDocument } from '../../src/openapi/document.ts'
import { serveApp } from './app-served.ts'
import { ask, headerOf, headersOf, jsonOf } from './raw-connection.ts'

const byPath = group({ prefix: '/api/v{version}', versions: { by: 'path' } })
const byRequest = group({ versions: { by: ['header', 'media-type', 'query'], default: '1' } })
const Users = z.object({ of: z.string(), version: z.string() })

const users = (version: string): Service =>
  service({
    name: `users.v${version}`,
    unknown: 'strict',
    input: z.object({ page: z.int().optional() }),
    output: Users,
    on: [byPath.get('/users', { version }), byRequest.get('/users', { version })],
    handle: ({ http }) => ({ of: version, version: http?.version ?? 'none' }),
  })
const services = [users('2'), users('1')]

const reasonsOf = (...on: readonly Service[]): readonly string[] => {
  try {
    createApp({ services: on, log: silentLogger })
  } catch (error) {
    if (error instanceof StartupError) return error.reasons
    throw error
  }
  return []
}

suite('the version is chosen', () => {
  const rows: readonly (readonly [line: string, headers: Record<string, string>, version: string])[] = [
    ['GET /api/v1/users', {}, '1'],
    ['GET /api/v2/users', {}, '2'],
    ['GET /users', {}, '1'],
    ['GET /users', { 'X-API-Version': '1' }, '1'],
    ['GET /users', { 'X-API-Version': ' 2 ' }, '2'],
    ['GET /users', { Accept: 'application/json; version=2' }, '2'],
    ['GET /users', { Accept: 'application/json; version="2"' }, '2'],
    ['GET /users', { Accept: 'application/json; version=1; q=0.5, application/json; version=2' }, '2'],
    ['GET /users', { Accept: 'application/json; version=3, application/json; version=2; q=0.5' }, '2'],
    ['GET /users', { Accept: 'application/json' }, '1'],
    ['GET /users?version=2', {}, '2'],
    ['GET /users?page=2&version=2', {}, '2'],
    ['GET /users?version=2', { 'X-API-Version': '2' }, '2'],
    ['GET /users', { 'X-API-Version': '2', Accept: 'application/json; version=1, */*; version=2; q=0.1' }, '2'],
  ]
  for (const [line, headers, version] of rows) {
    test(`${version} by ${line} ${JSON.stringify(headers)}`, async () => {
      await using served = await serveApp({ services })
      const reply = await ask(served.port, line, headers)
      assert.equal(reply.status, 200)
      assert.deepEqual(jsonOf(reply), { of: version, version })
    })
  }
  test('also for HEAD, and by app.fetch', async () => {
    await using served = await serveApp({ services })
    const head = await ask(served.port, 'HEAD /users', { Accept: 'application/json; version=2' })
    assert.equal(headerOf(head, 'Content-Type'), 'application/json; version=2')
    const reply = await served.app.fetch(new Request('http://test/users', { headers: { 'X-API-Version': '2' } }))
    assert.deepEqual(await reply.json(), { of: '2', version: '2' })
  })
  test('and the reply says what it depends on', async () => {
    await using served = await serveApp({ services })
    const plain = await ask(served.port, 'GET /users')
    assert.equal(headerOf(plain, 'Vary'), 'X-API-Version, Accept')
    assert.equal(headerOf(plain, 'Content-Type'), 'application/json')
    const media = await ask(served.port, 'GET /users', { Accept: 'application/json; version=2' })
    assert.equal(headerOf(media, 'Content-Type'), 'application/json; version=2')
    assert.equal(headerOf(await ask(served.port, 'GET /api/v1/users'), 'Vary'), undefined)
  })
})

suite('a version that is not there', () => {
  test('is refused with those that are', async () => {
    await using served = await serveApp({ services })
    const rows = [
      ['GET /users', { 'X-API-Version': '3' }, 400, 'unsupported_version'],
      ['GET /users?version=3', {}, 400, 'unsupported_version'],
      ['GET /users', { Accept: 'application/json; version=3' }, 406, 'not_acceptable'],
    ] as const
    for (const [line, headers, status, code] of rows) {
      const reply = await ask(served.port, line, headers)
      assert.equal(reply.status, status)
      assert.equal(jsonOf(reply).code, code)
      assert.equal(jsonOf(reply).detail, 'Unsupported API version: 3; supported: 1, 2')
      assert.equal(headerOf(reply, 'Vary'), 'X-API-Version, Accept')
    }
    assert.equal((await ask(served.port, 'GET /api/v3/users')).status, 404)
  })
  test('is refused also beside one that is there, as two that contradict each other are', async () => {
    await using served = await serveApp({ services })
    const rows = [
      ['GET /users?version=0', { 'X-API-Version': '1' }],
      ['GET /users?version=1', { 'X-API-Version': '2' }],
      ['GET /users?version=1&version=2', {}],
      ['GET /users?version=2', { Accept: 'application/json; version=1' }],
    ] as const
    for (const [line, headers] of rows) {
      const reply = await ask(served.port, line, headers)
      assert.deepEqual([reply.status, jsonOf(reply).code], [400, 'unsupported_version'], line)
      assert.match(String(jsonOf(reply).detail), /^Contradicting API versions: .+; name one of them, supported: 1, 2$/)
    }
  })
  test('is refused where no version is named and there is no default', async () => {
    const must = group({ versions: { by: 'header', header: 'Api' } })
    const one = service({ name: 'one', output: z.string(), on: must.get('/x', { version: '1' }), handle: () => '1' })
    await using served = await serveApp({ services: [one] })
    assert.equal(jsonOf(await ask(served.port, 'GET /x')).detail, 'Name an API version, supported: 1')
    assert.equal((await ask(served.port, 'GET /x', { Api: '1' })).status, 200)
  })
})

suite('a channel', () => {
  const header = { by: 'header', default: '1', allowed: ['1', '2', '3'] } as const
  const answering = (name: string, ...on: Channel<never>[]): Service =>
    service({ name, output: z.string(), on, handle: () => name })
  test('without a version answers all that are allowed, but for those that another names', async () => {
    const all = group({ versions: header })
    const services = [answering('old', all.get('/x')), answering('new', all.get('/x', { version: ['2'] }))]
    await using served = await serveApp({ services })
    for (const [version, name] of [
      ['1', 'old'],
      ['2', 'new'],
      ['3', 'old'],
    ] as const) {
      const reply = await ask(served.port, 'GET /x', { 'X-API-Version': version })
      assert.equal(reply.body.toString(), `"${name}"`, version)
    }
  })
  test('answers each version of a list in the path', async () => {
    const service = answering('x', byPath.get('/x', { version: ['1', '2'] }))
    await using served = await serveApp({ services: [service] })
    for (const path of ['/api/v1/x', '/api/v2/x']) assert.equal((await ask(served.port, `GET ${path}`)).status, 200)
    assert.equal((await ask(served.port, 'GET /api/v3/x')).status, 404)
    assert.equal((await ask(served.port, 'GET /api/v{version}/x')).status, 404)
  })
  test('of one version for any method stands beside one of another for GET', async () => {
    const at = group({ versions: header })
    const services = [
      answering('any', at.any('/x', { version: '1' })),
      answering('get', at.get('/x', { version: '2' })),
    ]
    await using served = await serveApp({ services })
    const asked = async (line: string, version: string): Promise<string> =>
      (await ask(served.port, line, { 'X-API-Version': version })).body.toString()
    assert.equal(await asked('GET /x', '1'), '"any"')
    assert.equal(await asked('GET /x', '2'), '"get"')
    assert.equal(await asked('POST /x', '1'), '"any"')
    assert.match(await asked('POST /x', '2'), /supported: 1"/)
  })
  test('takes its version from the app and the base, which health and documentation do not', async () => {
    const base = service.with({ on: rest({ version: '2' }) })
    const two = base({ name: 'two', output: z.string(), on: get('/x'), handle: () => 'two' })
    await using served = await serveApp({ services: [two], version: '9.9.9', versions: { by: 'header' } })
    assert.equal((await ask(served.port, 'GET /x', { 'X-API-Version': '2' })).status, 200)
    assert.equal((await ask(served.port, 'GET /x')).status, 400)
    assert.equal((await ask(served.port, 'GET /health')).status, 200)
  })
  test('is refused at start when it can never be chosen, or nobody can tell how', () => {
    const at = group({ versions: header })
    const rows: readonly (readonly [readonly Service[], string])[] = [
      [
        [answering('a', at.get('/x', { version: '1' })), answering('b', at.get('/x', { version: '1' }))],
        'GET /x is declared twice in version 1, by a and by b: remove one',
      ],
      [
        [
          answering('a', at.get('/x', { version: '1' })),
          answering('b', get('/x', { versions: { by: 'query' }, version: '2' })),
        ],
        "GET /x (b) and (a) choose the version in different ways: give both the same 'versions'",
      ],
      [
        [answering('a', get('/x')), answering('b', at.get('/x', { version: '2' }))],
        'GET /x is declared twice in version 2, by a and by b: remove one',
      ],
      [
        [answering('a', at.get('/x', { version: '4' }))],
        'GET /x (a) has the version 4, which is not among those allowed',
      ],
      [
        [answering('a', get('/x', { version: '1' }))],
        "GET /x (a) has a 'version', but no 'versions' say how requests name it: add them",
      ],
      [
        [answering('a', byPath.get('/x'))],
        "GET /api/v{version}/x (a) belongs to no version: give it 'version', or list all of them in 'allowed'",
      ],
      [
        [answering('a', get('/x', { versions: { by: ['path', 'query'] }, version: '1' }))],
        'GET /x (a) names its version in the path and elsewhere: give the other ways a group of their own',
      ],
    ]
    for (const [services, reason] of rows)
      assert.ok(reasonsOf(...services).includes(reason), `${reasonsOf(...services)}`)
    assert.deepEqual(reasonsOf(answering('a', any('/x')), answering('b', at.get('/y', { version: '1' }))), [])
  })
})

suite('deprecation', () => {
  const since = '2026-01-01T00:00:00Z'
  const old = group({
    deprecated: { since, sunset: new Date('2027-01-01'), successor: '/v2/x', link: 'https://e.test/why' },
  })
  const at = (name: string, on: Channel<never>): Service =>
    service({
      name,
      output: z.string(),
      on,
      handle: ({ http }) => {
        http?.setHeader('Link', '</next>; rel="next"')
        return name
      },
    })
  test('is in the headers of each reply, beside its other links', async () => {
    await using served = await serveApp({ services: [at('a', old.get('/x'))] })
    const reply = await ask(served.port, 'GET /x')
    assert.equal(headerOf(reply, 'Deprecation'), '@1767225600')
    assert.equal(headerOf(reply, 'Sunset'), 'Fri, 01 Jan 2027 00:00:00 GMT')
    assert.deepEqual(headersOf(reply, 'Link'), [
      '</next>; rel="next"',
      '</v2/x>; rel="successor-version"',
      '<https://e.test/why>; rel="deprecation"',
    ])
    assert.equal(served.app.description.operations.find(({ service }) => service === 'a')?.deprecated, true)
  })
  test('can be that of one version', async () => {
    const own = group({ versions: { by: 'query', default: '2', deprecated: { 1: { since } } } })
    const services = [at('a', own.get('/x', { version: '1' })), at('b', own.get('/x', { version: '2' }))]
    await using served = await serveApp({ services })
    assert.equal(headerOf(await ask(served.port, 'GET /x?version=1'), 'Deprecation'), '@1767225600')
    assert.equal(headerOf(await ask(served.port, 'GET /x?version=2'), 'Deprecation'), undefined)
  })
  test('with a date that is none is refused at start', () => {
    const bad = group({ deprecated: { since: 'soon' } })
    assert.deepEqual(reasonsOf(at('a', bad.get('/x'))), [
      "'soon' in deprecated of GET /x (a) is no date: use 2026-01-31",
    ])
    for (const successor of ['/v2/é', '/a b', '/a>; rel="self"']) {
      assert.deepEqual(reasonsOf(at('a', group({ deprecated: { successor } }).get('/x'))), [
        `'${successor}' in deprecated of GET /x (a) is no URL or path: percent-encode what is not plain`,
      ])
    }
  })
})

suite('the documents', () => {
  test('are one for each version, and one for clients that name none', async () => {
    await using served = await serveApp({ title: 'Users', services })
    const documentAt = async (path: string): Promise<ReturnType<typeof openApiDocument>> =>
      JSON.parse((await ask(served.port, `GET ${path}`)).body.toString())
    const plain = await documentAt('/openapi.json')
    assert.deepEqual(Object.keys(plain.paths).sort(), ['/api/v1/users', '/api/v2/users', '/users'])
    assert.match(plain.info.description ?? '', /\[2\]\(openapi\.json\?version=2\)/)
    const named = plain.paths['/users']?.get?.parameters?.filter(({ in: place }) => place === 'header')
    assert.deepEqual(
      named?.map(({ name, schema }) => [name, schema]),
      [['x-api-version', { type: 'string', enum: ['1'], default: '1' }]],
    )
    const second = await documentAt('/openapi.json?version=2')
    assert.deepEqual(Object.keys(second.paths).sort(), ['/api/v2/users', '/users'])
    assert.equal(second.info.title, 'Users, version 2')
    assert.equal((await ask(served.port, 'GET /openapi.json?version=3')).status, 400)
    assert.match((await ask(served.port, 'GET /openapi.yaml?version=2')).body.toString(), /Users, version 2/)
  })
  test('name the media type that a client has to ask for, where it is all that names the version', async () => {
    const byMedia = group({ versions: { by: 'media-type', default: '1' } })
    const at = (version: string): Service =>
      service({ name: `v${version}`, output: z.string(), on: byMedia.get('/x', { version }), handle: () => version })
    await using served = await serveApp({ services: [at('1'), at('2')] })
    for (const [version, type] of [
      ['1', 'application/json'],
      ['2', 'application/json; version=2'],
    ] as const) {
      const document = JSON.parse((await ask(served.port, `GET /openapi.json?version=${version}`)).body.toString())
      assert.deepEqual(Object.keys(document.paths['/x'].get.responses['200'].content), [type])
      const reply = await ask(served.port, 'GET /x', { Accept: type })
      assert.deepEqual([headerOf(reply, 'Content-Type'), jsonOf(reply)], [type, version])
    }
  })
})
