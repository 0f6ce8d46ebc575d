import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { any, get, post, query } from '../../src/http/rest-channel.ts'
import { service } from '../../src/kernel/service.ts'
import { Count, cacheOf, counting, counts, handClock } from './counting.ts'
import { json } from './echo.ts'
import { ask, askJson, headerOf, jsonOf } from './raw-connection.ts'
import { serve } from './served.ts'

suite('a reply that is kept', () => {
  test('is handed out until its time is over, with its age and its own cid', async () => {
    const clock = handClock()
    await using served = await serve([counting({ cache: { ttl: 10 } })], { clock })
    const first = await ask(served.port, 'GET /count')
    assert.deepEqual([first.status, cacheOf(first), headerOf(first, 'age')], [200, 'Miss', undefined])
    clock.pass(9.5)
    const second = await ask(served.port, 'GET /count', { 'X-Correlation-ID': 'mine' })
    assert.deepEqual([second.status, cacheOf(second), headerOf(second, 'age')], [200, 'Hit', '9'])
    assert.deepEqual([headerOf(second, 'x-correlation-id'), second.body.toString()], ['mine', '{"count":1}'])
    assert.equal(headerOf(second, 'etag'), headerOf(first, 'etag'))
    assert.equal(headerOf(second, 'content-length'), '11')
    clock.pass(0.5)
    assert.deepEqual(await counts(served, {}, {}), [
      ['Miss', 2],
      ['Hit', 2],
    ])
  })
  test('is handed out by app.fetch too, and answers HEAD', async () => {
    await using served = await serve([counting({ cache: { ttl: 10 } })])
    const ask2 = () => served.fetch(new Request('http://test/count'))
    assert.equal((await ask2()).headers.get('x-cache'), 'Miss')
    const hit = await ask2()
    assert.deepEqual([hit.headers.get('x-cache'), await hit.json()], ['Hit', { count: 1 }])
    const head = await ask(served.port, 'HEAD /count')
    assert.deepEqual([head.status, cacheOf(head), headerOf(head, 'content-length')], [200, 'Hit', '11'])
  })
  test('is answered with 304 where the client has it', async () => {
    await using served = await serve([counting({ cache: { ttl: 10 } })])
    const etag = headerOf(await ask(served.port, 'GET /count'), 'etag') ?? ''
    const reply = await ask(served.port, 'GET /count', { 'If-None-Match': etag })
    assert.deepEqual([reply.status, headerOf(reply, 'etag'), cacheOf(reply)], [304, etag, 'Hit'])
    assert.deepEqual([headerOf(reply, 'content-type'), headerOf(reply, 'content-length')], [undefined, undefined])
  })
  test('has a shorter time where the service says so', async () => {
    const clock = handClock()
    const own = counting({ cache: { ttl: 100 } }, (http) => http.setHeader('Cache-Control', 'max-age=5'))
    await using served = await serve([own], { clock })
    await ask(served.port, 'GET /count')
    clock.pass(5)
    assert.deepEqual(await counts(served, {}), [['Miss', 2]])
  })
})

suite('one question', () => {
  test('of a caller is not answered with the reply to another', async () => {
    await using served = await serve([counting({ cache: { ttl: 10 } })])
    const one = { Authorization: 'Bearer 1' }
    const two = { Authorization: 'Bearer 2' }
    assert.deepEqual(await counts(served, one, two, {}, { Cookie: 'a=1' }, { Cookie: 'a=2' }, one, { Cookie: 'a=1' }), [
      ['Miss', 1],
      ['Miss', 2],
      ['Miss', 3],
      ['Miss', 4],
      ['Miss', 5],
      ['Hit', 1],
      ['Hit', 4],
    ])
  })
  test('is the same for all callers where the channel says so', async () => {
    await using served = await serve([counting({ cache: { ttl: 10, shared: true } })])
    assert.deepEqual(await counts(served, { Authorization: 'Bearer 1' }, { Cookie: 'a=1' }), [
      ['Miss', 1],
      ['Hit', 1],
    ])
  })
  test('depends on the host, and on the headers that are named, which the reply names too', async () => {
    await using served = await serve([counting({ cache: { ttl: 10, vary: ['Accept-Language'] } })])
    const english = { 'Accept-Language': 'en' }
    assert.deepEqual(await counts(served, {}, english, { 'Accept-Language': 'de' }, english, { Host: 'other' }), [
      ['Miss', 1],
      ['Miss', 2],
      ['Miss', 3],
      ['Hit', 2],
      ['Miss', 4],
    ])
    assert.equal(headerOf(await ask(served.port, 'GET /count', english), 'vary'), 'accept-language')
  })
  test('depends on each part of the request that the input of the service is made of', async () => {
    const echo = service({
      name: 'echo',
      input: z.object({ tenant: z.string(), session: z.string().optional(), id: z.int().optional() }),
      output: z.object({ tenant: z.string(), session: z.string().optional(), id: z.int().optional() }),
      on: any('/echo', { in: { tenant: 'header', session: 'cookie', id: 'body' }, cache: { ttl: 60, shared: true } }),
      handle: ({ input }) => input,
    })
    await using served = await serve([echo])
    const seen: unknown[] = []
    for (const [tenant, session, id] of [
      ['a', '1', 1],
      ['a', '1', 1],
      ['b', '1', 1],
      ['a', '2', 1],
      ['a', '2', 2],
    ] as const) {
      const headers = { ...json, Tenant: tenant, Cookie: `session=${session}; other=${seen.length}` }
      const reply = await ask(served.port, 'GET /echo', headers, JSON.stringify({ id }))
      assert.deepEqual([headerOf(reply, 'vary'), jsonOf(reply)], ['tenant', { tenant, session, id }])
      seen.push(cacheOf(reply))
    }
    assert.deepEqual(seen, ['Miss', 'Hit', 'Miss', 'Miss', 'Miss'])
  })
  test('depends on the query in any order, but for what is ignored', async () => {
    await using served = await serve([counting({ cache: { ttl: 10, ignoreQuery: ['utm_*', 'fbclid'] } })])
    const rows: [string, string][] = [
      ['/count?a=1&b=2', 'Miss'],
      ['/count?b=2&a=1', 'Hit'],
      ['/count?b=2&a=1&utm_source=x&fbclid=7&ut%6D_x', 'Hit'],
      ['/count?a=2&b=1', 'Miss'],
      ['/count?a=1&a=2', 'Miss'],
      ['/count?a=2&a=1', 'Miss'],
      ['/count/', 'Miss'],
      ['/count', 'Hit'],
      ['/%63ount', 'Hit'],
    ]
    for (const [path, mark] of rows) assert.equal(cacheOf(await ask(served.port, `GET ${path}`)), mark, path)
  })
  test('by QUERY depends on the body; by POST it is asked anew unless the channel says otherwise', async () => {
    let count = 0
    const handle = () => ({ count: ++count })
    const input = z.object({ q: z.string() })
    await using served = await serve([
      service({ name: 'q', input, output: Count, on: query('/q', { cache: { ttl: 10 } }), handle }),
      service({ name: 'p', input, output: Count, on: post('/p', { cache: { ttl: 10 } }), handle }),
      service({ name: 'b', input, output: Count, on: post('/b', { cache: { ttl: 10, body: true } }), handle }),
    ])
    const marks = async (line: string) => {
      const seen: (string | undefined)[] = []
      for (const q of ['a', 'b', 'a']) {
        const reply = await askJson(served.port, line, { q })
        assert.equal(reply.status, 200)
        seen.push(cacheOf(reply))
      }
      return seen
    }
    assert.deepEqual(await marks('QUERY /q'), ['Miss', 'Miss', 'Hit'])
    assert.deepEqual(await marks('POST /b'), ['Miss', 'Miss', 'Hit'])
    assert.deepEqual(await marks('POST /p'), [undefined, undefined, undefined])
    assert.equal((await askJson(served.port, 'QUERY /q', { q: 1 })).status, 422)
  })
})

suite('what a client says of kept replies', () => {
  test('is done', async () => {
    const clock = handClock()
    await using served = await serve([counting({ cache: { ttl: 60 } })], { clock })
    const control = (value: string) => ({ 'Cache-Control': value })
    assert.deepEqual(await counts(served, {}, control('no-cache'), {}, control('no-store'), {}), [
      ['Miss', 1],
      ['Miss', 2],
      ['Hit', 2],
      ['Bypass', 3],
      ['Hit', 2],
    ])
    clock.pass(30)
    assert.deepEqual(
      await counts(served, control('max-age=30'), control('min-fresh=30'), control('min-fresh=31'), {
        Pragma: 'no-cache',
      }),
      [
        ['Hit', 2],
        ['Hit', 2],
        ['Miss', 4],
        ['Miss', 5],
      ],
    )
    clock.pass(30)
    assert.deepEqual(await counts(served, control('max-age=29')), [['Miss', 6]])
  })
  test('may be that only a kept one counts', async () => {
    await using served = await serve([counting({ cache: { ttl: 60 } })])
    const onlyKept = { 'Cache-Control': 'only-if-cached' }
    const none = await ask(served.port, 'GET /count', onlyKept)
    assert.deepEqual([none.status, jsonOf(none).code, headerOf(none, 'cache-control')], [504, 'not_cached', 'no-store'])
    assert.deepEqual(await counts(served, {}, onlyKept), [
      ['Miss', 1],
      ['Hit', 1],
    ])
  })
})

suite('replies that differ are kept apart', () => {
  test('by media type, suffix and parameter of their format', async () => {
    let count = 0
    const made = service({
      name: 'made',
      output: Count,
      on: get('/made', {
        produces: ['json', 'xml'],
        formatSuffix: true,
        formatParameter: 'format',
        cache: { ttl: 10, ignoreQuery: ['format'] },
      }),
      handle: () => ({ count: ++count }),
    })
    await using served = await serve([made])
    const rows: [string, string, string, string][] = [
      ['/made', 'application/json', 'Miss', 'application/json'],
      ['/made', 'application/xml', 'Miss', 'application/xml'],
      ['/made', 'text/xml', 'Miss', 'text/xml; charset=utf-8'],
      ['/made', 'application/xml', 'Hit', 'application/xml'],
      ['/made?format=xml', 'application/json', 'Hit', 'application/xml'],
      ['/made.xml', 'application/json', 'Miss', 'application/xml'],
      ['/made.json', 'application/xml', 'Miss', 'application/json'],
      ['/made?format=json', 'application/xml', 'Miss', 'application/json'],
      ['/made.xml', '*/*', 'Hit', 'application/xml'],
    ]
    for (const [path, accept, mark, type] of rows) {
      const reply = await ask(served.port, `GET ${path}`, { Accept: accept })
      assert.deepEqual([cacheOf(reply), headerOf(reply, 'content-type')], [mark, type], `${path} ${accept}`)
    }
  })
  test('by the slash that is part of a parameter', async () => {
    const found = service({
      name: 'found',
      input: z.object({ path: z.string() }),
      output: z.object({ path: z.string() }),
      on: get('/files/{path*}', { cache: { ttl: 10 } }),
      handle: ({ input }) => input,
    })
    await using served = await serve([found])
    for (const path of ['a', 'a/', 'a/b']) {
      assert.deepEqual(jsonOf(await ask(served.port, `GET /files/${path}`)), { path })
    }
  })
})
