import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { get, post, put, type RestDefaults } from '../../src/http/rest-channel.ts'
import { service } from '../../src/kernel/service.ts'
import { ask, askJson, jsonOf } from './raw-connection.ts'
import { type Served, serve } from './served.ts'

const Filter = z.object({
  tags: z.array(z.string()).default([]),
  filter: z.object({ name: z.string().optional(), price: z.object({ gte: z.number() }).optional() }).optional(),
  ids: z.array(z.int()).optional(),
})
const search = (options: RestDefaults = {}): Promise<Served> =>
  serve([
    service({
      name: 'search',
      input: Filter,
      output: Filter,
      on: get('/search', options),
      handle: ({ input }) => input,
    }),
    service({
      name: 'pick',
      input: z.object({ ids: z.array(z.int()), 'x-tags': z.array(z.string()).optional() }),
      output: z.unknown(),
      on: get('/pick/{ids}', { in: { 'x-tags': 'header' } }),
      handle: ({ input }) => input,
    }),
  ])

suite('a query', () => {
  test('writes lists by repeating a name, with or without brackets', async () => {
    await using server = await search()
    for (const query of ['tags=a&tags=b', 'tags[]=a&tags[]=b', 'tags%5B%5D=a&tags%5B%5D=b', 'tags[1]=b&tags[0]=a']) {
      assert.deepEqual(jsonOf(await ask(server.port, `GET /search?${query}`)), { tags: ['a', 'b'] }, query)
    }
    assert.deepEqual(jsonOf(await ask(server.port, 'GET /search?tags=a,b')), { tags: ['a,b'] })
  })
  for (const [lists, text] of [
    ['comma', '1,2,3'],
    ['space', '1%202+3'],
    ['pipe', '1|2%7C3'],
  ] as const) {
    test(`writes lists with a ${lists} between items where the channel says so`, async () => {
      await using server = await search({ lists })
      assert.deepEqual(jsonOf(await ask(server.port, `GET /search?ids=${text}`)).ids, [1, 2, 3])
      assert.deepEqual(jsonOf(await ask(server.port, 'GET /search?ids=')).ids, [])
    })
  }
  test('writes objects with the names of their members in brackets', async () => {
    await using server = await search()
    const reply = await ask(server.port, 'GET /search?filter[name]=x&filter[price][gte]=2.5')
    assert.deepEqual(jsonOf(reply), { tags: [], filter: { name: 'x', price: { gte: 2.5 } } })
  })
  test('is refused where a value in brackets does not fit', async () => {
    await using server = await search()
    const reply = await ask(server.port, 'GET /search?filter[price][gte]=cheap&ids[]=x')
    assert.equal(reply.status, 422)
    assert.deepEqual(jsonOf(reply).errors, [
      { in: 'query', path: '/filter/price/gte', code: 'invalid_type', message: 'must be a number' },
      { in: 'query', path: '/ids/0', code: 'invalid_type', message: 'must be an integer' },
    ])
  })
  test('cannot reach a prototype', async () => {
    await using server = await search()
    const reply = await ask(
      server.port,
      'GET /search?filter[__proto__][polluted]=1&filter[constructor][prototype][x]=1',
    )
    assert.equal(reply.status, 200)
    assert.equal(Reflect.get({}, 'polluted') ?? Reflect.get({}, 'x'), undefined)
  })
})

test('a path and a header write lists with commas', async () => {
  await using server = await search()
  const reply = await ask(server.port, 'GET /pick/1,2,3', { 'X-Tags': 'a, b' })
  assert.deepEqual(jsonOf(reply), { ids: [1, 2, 3], 'x-tags': ['a', 'b'] })
})

suite('where several parts carry one member', () => {
  const member = z.object({ id: z.string() })
  const echo = (priority: RestDefaults['priority']): Promise<Served> =>
    serve([
      service({
        name: 'put',
        input: member,
        output: member,
        on: [put('/things/{id}', priority && { priority }), post('/things', priority && { priority })],
        handle: ({ input }) => input,
      }),
    ])
  for (const [priority, inPath, beside] of [
    [undefined, 'path', 'body'],
    [['path', 'query', 'body'], 'path', 'query'],
    [['query', 'path', 'body'], 'query', 'query'],
    [['query', 'body', 'path'], 'query', 'query'],
    [['body', 'path', 'query'], 'body', 'body'],
    [['body', 'query', 'path'], 'body', 'body'],
  ] as const) {
    test(`${priority?.join(', ') ?? 'nothing said'}: ${inPath} counts, and ${beside} where the path has no part`, async () => {
      await using server = await echo(priority)
      const send = async (line: string, body: unknown): Promise<unknown> =>
        jsonOf(await askJson(server.port, line, body)).id
      assert.equal(await send('PUT /things/path?id=query', { id: 'body' }), inPath)
      assert.equal(await send('POST /things?id=query', { id: 'body' }), beside)
      assert.equal(await send('PUT /things/path', {}), 'path')
      assert.equal(await send('POST /things?id=query', {}), 'query')
    })
  }
  test('a finding names the part that counted', async () => {
    await using server = await serve([
      service({
        name: 'put',
        input: z.object({ id: z.int() }),
        on: put('/things/{id}', { priority: ['body', 'path', 'query'] }),
        handle: () => {},
      }),
    ])
    const reply = await askJson(server.port, 'PUT /things/7', { id: 'x' })
    assert.deepEqual(jsonOf(reply).errors, [
      { in: 'body', path: '/id', code: 'invalid_type', message: 'must be an integer' },
    ])
  })
})
