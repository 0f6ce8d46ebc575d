import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import type { TrailingSlash } from '../../src/http/route/trailing-slash-settings.ts'
import { createApp, get, group, post, service } from '../../src/index.ts'
import { silentLogger } from '../../src/kernel/logger.ts'
import { serveApp } from './app-served.ts'
import { ask, headerOf, jsonOf } from './raw-connection.ts'

const output = z.string()
const services = [
  service({ name: 'plain', output, on: [get('/plain'), post('/plain')], handle: () => 'plain' }),
  service({ name: 'slashed', output, on: get('/slashed/'), handle: () => 'slashed' }),
  service({ name: 'root', output, on: get('/'), handle: () => 'root' }),
  service({
    name: 'spanning',
    input: z.object({ path: z.string() }),
    output,
    on: get('/files/{path*}'),
    handle: ({ input }) => input.path,
  }),
]

suite('a slash at the end of a path', () => {
  const rows: Readonly<Record<TrailingSlash, Readonly<Record<string, number>>>> = {
    match: { '/plain': 200, '/plain/': 200, '/slashed': 200, '/slashed/': 200, '/': 200, '/plain//': 404 },
    redirect: { '/plain': 200, '/plain/': 308, '/slashed': 308, '/slashed/': 200, '/': 200, '/plain//': 404 },
    strict: { '/plain': 200, '/plain/': 404, '/slashed': 404, '/slashed/': 200, '/': 200, '/plain//': 404 },
  }
  for (const [trailingSlash, paths] of Object.entries(rows)) {
    test(`is taken as ${trailingSlash} says`, async () => {
      await using served = await serveApp({ services, trailingSlash: trailingSlash as TrailingSlash })
      for (const [path, status] of Object.entries(paths)) {
        assert.equal((await ask(served.port, `GET ${path}`)).status, status, path)
      }
    })
  }
  test('is redirected to this host, whatever the path looks like to a browser', async () => {
    const named = service({
      name: 'named',
      input: z.object({ name: z.string() }),
      on: get('/{name}'),
      handle: () => {},
    })
    await using served = await serveApp({ services: [named], trailingSlash: 'redirect' })
    const reply = await ask(served.port, 'GET /\\else.example/')
    assert.deepEqual([reply.status, headerOf(reply, 'Location')], [308, '/%5Celse.example'])
  })
  test('is redirected to the declared form with its query, as it was sent, and by whatever method', async () => {
    await using served = await serveApp({ services, trailingSlash: 'redirect' })
    for (const [line, location] of [
      ['GET /plain/?a=%20b', '/plain?a=%20b'],
      ['HEAD /plain/', '/plain'],
      ['POST /plain/', '/plain'],
      ['GET /slashed', '/slashed/'],
    ] as const) {
      const reply = await ask(served.port, line)
      assert.deepEqual([reply.status, headerOf(reply, 'Location'), reply.body.length], [308, location, 0], line)
    }
  })
  test('that is strictly none is no path at all: 404 for any method, and no OPTIONS', async () => {
    await using served = await serveApp({ services, trailingSlash: 'strict' })
    for (const method of ['GET', 'PUT', 'OPTIONS']) {
      assert.equal((await ask(served.port, `${method} /plain/`)).status, 404, method)
    }
    assert.equal((await ask(served.port, 'PUT /plain')).status, 405)
  })
  test('is part of what a parameter spans, under every policy', async () => {
    for (const trailingSlash of ['match', 'redirect', 'strict'] as const) {
      await using served = await serveApp({ services, trailingSlash })
      assert.equal((await ask(served.port, 'GET /files/a/b/')).body.toString(), '"a/b/"')
      assert.equal((await ask(served.port, 'GET /files/a')).body.toString(), '"a"')
    }
  })
  test('can be the matter of a group alone', async () => {
    const strict = group({ prefix: '/s', trailingSlash: 'strict' })
    const both = service({ name: 'both', output, on: [strict.get('/x'), get('/x')], handle: () => 'x' })
    await using served = await serveApp({ services: [both] })
    assert.equal((await ask(served.port, 'GET /s/x/')).status, 404)
    assert.equal((await ask(served.port, 'GET /x/')).status, 200)
    const reply = await served.app.fetch(new Request('http://test/s/x/'))
    assert.equal(reply.status, 404)
  })
  test('under a policy that there is not is refused at start', () => {
    assert.throws(
      () => createApp({ services, trailingSlash: 'never' as TrailingSlash, log: silentLogger }),
      /the trailingSlash of GET \/plain \(plain\) is 'never': use match, redirect or strict/,
    )
  })
})

suite('a path', () => {
  test('is never collapsed, and dot segments are not resolved', async () => {
    await using served = await serveApp({ services })
    for (const path of ['//plain', '/./plain', '/x/../plain']) {
      assert.equal((await ask(served.port, `GET ${path}`)).status, 404, path)
    }
    const reply = await ask(served.port, 'GET /files/a/%2e%2e/b')
    assert.deepEqual([reply.status, jsonOf(reply).code], [400, 'malformed_url'])
  })
  test('with a broken encoding is refused wherever it is broken', async () => {
    await using served = await serveApp({ services })
    assert.equal((await ask(served.port, 'GET /none/%zz')).status, 400)
    assert.equal((await ask(served.port, 'GET /none/%20')).status, 404)
  })
})
