import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { entityTag } from '../../src/http/conditional/entity-tag.ts'
import { del, get, patch, put, query, type RestDefaults, rest } from '../../src/http/rest-channel.ts'
import { media } from '../../src/kernel/media.ts'
import { notFound, problem } from '../../src/kernel/problem.ts'
import { type Service, service } from '../../src/kernel/service.ts'
import { json } from './echo.ts'
import { ask, askJson, headerOf, jsonOf, type RawReply } from './raw-connection.ts'
import { serve } from './served.ts'

const Item = z.object({ name: z.string() })
const modified = 'Sun, 06 Nov 1994 08:49:37 GMT'

function reading(options: RestDefaults = { etag: true }, own: Readonly<Record<string, string>> = {}): Service {
  return service({
    name: 'read',
    output: Item,
    on: get('/item', options),
    handle: ({ http }) => {
      for (const [name, value] of Object.entries(own)) http?.setHeader(name, value)
      return { name: 'paper' }
    },
  })
}

const tag = entityTag('{"name":"paper"}')

suite('a read', () => {
  test('carries the tag of its bytes, and of HEAD too', async () => {
    await using served = await serve([reading()])
    for (const method of ['GET', 'HEAD']) {
      const reply = await ask(served.port, `${method} /item`)
      assert.deepEqual([reply.status, headerOf(reply, 'etag'), headerOf(reply, 'content-length')], [200, tag, '16'])
    }
  })
  test('carries none unless it is asked for, by whatever setting', async () => {
    const etagOf = async (options: RestDefaults) => {
      await using served = await serve([reading(options)])
      return headerOf(await ask(served.port, 'GET /item'), 'etag')
    }
    assert.equal(await etagOf({}), undefined)
    assert.equal(await etagOf({ etag: 'weak' }), `W/${tag}`)
    assert.equal(await etagOf({ cacheControl: 'no-cache' }), tag)
    assert.equal(await etagOf({ cache: { ttl: 1 } }), tag)
    assert.equal(await etagOf({ cache: { ttl: 1 }, etag: 'weak' }), `W/${tag}`)
    assert.equal(await etagOf({ cache: { ttl: 1 }, cacheControl: 'no-cache', etag: false }), undefined)
  })
  test('is answered with 304 where the client has it, with the headers that count', async () => {
    const own = {
      'Content-Location': '/item',
      Vary: 'Accept',
      'Last-Modified': modified,
      Expires: modified,
      'X-Own': '1',
    }
    await using served = await serve([reading({ etag: true, cacheControl: { maxAge: 60 } }, own)])
    const reply = await ask(served.port, 'GET /item', { 'If-None-Match': `"x", ${tag}`, 'X-Correlation-ID': 'me' })
    assert.equal(reply.status, 304)
    const fields = Object.fromEntries(reply.fields.filter(([name]) => !/^(date|connection|keep-alive)$/i.test(name)))
    assert.deepEqual(fields, {
      'X-Correlation-ID': 'me',
      'Content-Location': '/item',
      Vary: 'Accept',
      Expires: modified,
      'X-Own': '1',
      ETag: tag,
      'Cache-Control': 'max-age=60',
    })
  })
  test('is answered with 304 by app.fetch', async () => {
    await using served = await serve([reading()])
    const reply = await served.fetch(new Request('http://test/item', { headers: { 'If-None-Match': `W/${tag}` } }))
    assert.deepEqual([reply.status, await reply.text()], [304, ''])
  })
  test('may have validators of its own', async () => {
    await using served = await serve([reading({ etag: true }, { ETag: '"v7"', 'Last-Modified': modified })])
    const rows: readonly (readonly [Record<string, string>, number])[] = [
      [{ 'If-None-Match': '"v7"' }, 304],
      [{ 'If-None-Match': tag }, 200],
      [{ 'If-None-Match': '*' }, 304],
      [{ 'If-Modified-Since': modified }, 304],
      [{ 'If-Modified-Since': 'Sun, 06 Nov 1994 08:49:36 GMT' }, 200],
      [{ 'If-None-Match': '"v6"', 'If-Modified-Since': modified }, 200],
      [{ 'If-Match': '"v6"' }, 412],
      [{ 'If-Match': '"v7"' }, 200],
      [{ 'If-Unmodified-Since': 'Sun, 06 Nov 1994 08:49:36 GMT' }, 412],
    ]
    for (const [headers, status] of rows) {
      const reply = await ask(served.port, 'GET /item', headers)
      assert.equal(reply.status, status, JSON.stringify(headers))
      if (status === 412) assert.equal(jsonOf(reply).code, 'precondition_failed')
    }
  })
  test('by QUERY is conditional too', async () => {
    const input = z.object({ q: z.string() })
    const made = service({
      name: 'q',
      input,
      output: Item,
      on: query('/q', { etag: true }),
      handle: () => ({ name: 'paper' }),
    })
    await using served = await serve([made])
    const reply = await ask(served.port, 'QUERY /q', { ...json, 'If-None-Match': tag }, '{"q":"a"}')
    assert.equal(reply.status, 304)
  })
  test('that fails is no matter of conditions, whatever its status', async () => {
    const failing = (options: RestDefaults) =>
      service({ name: 'f', output: Item, on: get('/item', options), handle: () => notFound() })
    for (const [options, status] of [
      [{ etag: true }, 404],
      [{ etag: true, alwaysOk: true }, 200],
    ] as const) {
      await using served = await serve([failing(options)])
      const reply = await ask(served.port, 'GET /item', { 'If-None-Match': '*', 'If-Match': '"x"' })
      assert.deepEqual([reply.status, headerOf(reply, 'etag')], [status, undefined])
    }
  })
  test('that nobody needs lets go of its stream', async () => {
    let released = false
    const parts = {
      [Symbol.asyncIterator]: () => ({
        next: async () => ({ done: false as const, value: 'a' }),
        return: async () => {
          released = true
          return { done: true as const, value: undefined }
        },
      }),
    }
    const made = service({
      name: 's',
      on: get('/s', { etag: true }),
      handle: ({ http }) => {
        http?.setHeader('ETag', '"1"')
        return media(parts, 'text/plain')
      },
    })
    await using served = await serve([made])
    const reply = await ask(served.port, 'GET /s', { 'If-None-Match': '"1"' })
    assert.deepEqual([reply.status, released], [304, true])
  })
})

/** One item that is read, replaced, changed and deleted; whoever replaces it waits for `between`. */
function store(
  ifMatch: 'optional' | 'required' | false | undefined,
  between: () => Promise<void> = async () => {},
  ofRead: RestDefaults = {},
): readonly Service[] {
  const items = new Map([['1', 'paper']])
  const Id = z.object({ id: z.string() })
  const Change = Id.extend({ name: z.string() })
  const conditional = service.with({ on: rest(ifMatch === undefined ? {} : { ifMatch }) })
  return [
    service({
      name: 'read',
      input: z.object({ item: z.string() }),
      output: Item,
      on: get('/items/{item}', ofRead),
      handle: ({ input }) => ({ name: items.get(input.item) ?? notFound() }),
    }),
    conditional({
      name: 'replace',
      input: Change,
      output: Item,
      on: put('/items/{id}'),
      handle: async ({ input }) => {
        await between()
        items.set(input.id, input.name)
        return { name: input.name }
      },
    }),
    conditional({
      name: 'change',
      input: Change,
      output: z.object({ changed: z.boolean() }),
      on: patch('/items/{id}'),
      handle: ({ input }) => {
        items.set(input.id, input.name)
        return { changed: true }
      },
    }),
    conditional({
      name: 'remove',
      input: Id,
      on: del('/items/{id}'),
      handle: ({ input }) => {
        if (!items.delete(input.id)) notFound()
      },
    }),
  ]
}

const put1 = (port: number, headers: Readonly<Record<string, string>>, name = 'pen', id = '1'): Promise<RawReply> =>
  ask(port, `PUT /items/${id}`, { ...json, ...headers }, JSON.stringify({ name }))

suite('an update', () => {
  test('is made where the resource is as the client says, and tells its new tag', async () => {
    await using served = await serve(store('required'))
    const before = headerOf(await ask(served.port, 'GET /items/1'), 'etag') ?? ''
    assert.equal(before, tag)
    const done = await put1(served.port, { 'If-Match': before })
    const after = headerOf(await ask(served.port, 'GET /items/1'), 'etag') ?? ''
    assert.notEqual(after, before)
    assert.deepEqual([done.status, headerOf(done, 'etag')], [200, after])
    const late = await put1(served.port, { 'If-Match': before }, 'ink')
    assert.deepEqual([late.status, jsonOf(late).code, headerOf(late, 'etag')], [412, 'precondition_failed', undefined])
    assert.deepEqual(jsonOf(await ask(served.port, 'GET /items/1')), { name: 'pen' })
    const other = await ask(served.port, 'PATCH /items/1', { ...json, 'If-Match': `"x", ${after}` }, '{"name":"ink"}')
    assert.deepEqual([other.status, headerOf(other, 'etag')], [200, undefined])
  })
  test('without a condition is refused where one is required, and made where it is not', async () => {
    await using strict = await serve(store('required'))
    const refused = await put1(strict.port, {})
    assert.deepEqual([refused.status, jsonOf(refused).code], [428, 'precondition_required'])
    assert.equal((await ask(strict.port, 'DELETE /items/1')).status, 428)
    await using lenient = await serve(store('optional'))
    assert.equal((await put1(lenient.port, {})).status, 200)
    assert.equal((await put1(lenient.port, { 'If-Match': '"x"' })).status, 412)
  })
  test('may ask that there is nothing yet, or something', async () => {
    await using served = await serve(store('required'))
    assert.equal((await put1(served.port, { 'If-None-Match': '*' })).status, 412)
    assert.equal((await put1(served.port, { 'If-None-Match': '*' }, 'pen', '2')).status, 200)
    assert.equal((await put1(served.port, { 'If-Match': '*' }, 'pen', '2')).status, 200)
    assert.equal((await put1(served.port, { 'If-Match': '*' }, 'pen', '3')).status, 412)
    assert.equal((await ask(served.port, 'DELETE /items/3', { 'If-Match': '*' })).status, 404)
    assert.equal((await ask(served.port, 'DELETE /items/2', { 'If-Match': '*' })).status, 204)
    assert.equal((await ask(served.port, 'GET /items/2')).status, 404)
  })
  test('takes tags of compressed content, but no weak ones', async () => {
    await using served = await serve(store('required'))
    assert.equal((await put1(served.port, { 'If-Match': `W/${tag}` })).status, 412)
    assert.equal((await put1(served.port, { 'If-Match': tag.replace(/"$/, '-br"') })).status, 200)
  })
  test('is made by one of many with the same tag', async () => {
    await using served = await serve(store('required', () => new Promise((resolve) => setImmediate(resolve))))
    const names = Array.from({ length: 20 }, (_, at) => `name ${at}`)
    const replies = await Promise.all(names.map((name) => put1(served.port, { 'If-Match': tag }, name)))
    assert.equal(replies.filter(({ status }) => status === 200).length, 1)
    assert.equal(replies.filter(({ status }) => status === 412).length, 19)
  })
  test('works by app.fetch', async () => {
    await using served = await serve(store('required'))
    const send = (match: string) =>
      served.fetch(
        new Request('http://test/items/1', {
          method: 'PUT',
          headers: { ...json, 'If-Match': match },
          body: '{"name":"a"}',
        }),
      )
    assert.deepEqual([(await send('"x"')).status, (await send(tag)).status], [412, 200])
  })
  test('of what is read with a tag honours conditions unasked', async () => {
    for (const ofRead of [{ etag: true }, { cacheControl: 'no-cache' }, { cache: { ttl: 1 } }] as const) {
      await using served = await serve(store(undefined, undefined, ofRead))
      assert.equal((await put1(served.port, { 'If-Match': tag })).status, 200)
      const late = await put1(served.port, { 'If-Match': tag }, 'ink')
      assert.deepEqual([late.status, jsonOf(late).code], [412, 'precondition_failed'])
      const headers = { ...json, 'If-Match': tag }
      assert.equal((await ask(served.port, 'PATCH /items/1', headers, '{"name":"ink"}')).status, 412)
      assert.equal((await ask(served.port, 'DELETE /items/1', { 'If-Match': tag })).status, 412)
      assert.equal((await put1(served.port, { 'If-None-Match': '*' }, 'ink')).status, 412)
      assert.equal((await put1(served.port, {}, 'ink')).status, 200)
    }
  })
  test('of what is read without a tag, or that says no, leaves conditions alone', async () => {
    const rows = [
      [undefined, {}],
      [undefined, { etag: false, cacheControl: 'no-cache' }],
      [false, { etag: true }],
    ] as const
    for (const [ifMatch, ofRead] of rows) {
      await using served = await serve(store(ifMatch, undefined, ofRead))
      assert.equal((await put1(served.port, { 'If-Match': '"x"' })).status, 200)
    }
  })
  test('of many with the same tag is made once, also unasked', async () => {
    const between = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
    await using served = await serve(store(undefined, between, { etag: true }))
    const names = Array.from({ length: 20 }, (_, at) => `name ${at}`)
    const replies = await Promise.all(names.map((name) => put1(served.port, { 'If-Match': tag }, name)))
    assert.deepEqual(replies.map(({ status }) => status).sort(), [200, ...Array<number>(19).fill(412)])
  })
  test('without a read of the same path cannot be conditional', async () => {
    const lonely = service({ name: 's', on: put('/x', { ifMatch: 'required' }), handle: () => {} })
    await assert.rejects(
      serve([lonely]),
      /PUT \/x \(s\) has ifMatch, but no GET has its path: add one, or remove ifMatch/,
    )
  })
  test('is tied to the representation that the client accepts', async () => {
    const produces = ['json', 'xml'] as const
    const services = [
      service({ name: 'r', output: Item, on: get('/x', { produces }), handle: () => ({ name: 'a' }) }),
      service({ name: 'w', on: put('/x', { ifMatch: 'required' }), handle: () => {} }),
    ]
    await using served = await serve(services)
    const xml = { Accept: 'application/xml' }
    const asXml = headerOf(await ask(served.port, 'GET /x', xml), 'etag') ?? ''
    const asJson = headerOf(await ask(served.port, 'GET /x'), 'etag') ?? ''
    assert.notEqual(asXml, asJson)
    assert.equal((await ask(served.port, 'PUT /x', { ...xml, 'If-Match': asXml })).status, 204)
    assert.equal((await ask(served.port, 'PUT /x', { ...xml, 'If-Match': asJson })).status, 412)
    assert.equal((await ask(served.port, 'PUT /x', { 'If-Match': asJson })).status, 204)
  })
})

test('a service checks the conditions by itself', async () => {
  const made = service({
    name: 's',
    input: z.object({ required: z.boolean() }),
    on: put('/x'),
    handle: ({ http, input }) => {
      if (http === undefined) throw problem('bad_request')
      http.checkPrecondition({ etag: '"v7"', lastModified: modified, required: input.required })
    },
  })
  await using served = await serve([made])
  const send = (required: boolean, headers: Readonly<Record<string, string>>) =>
    ask(served.port, 'PUT /x', { ...json, ...headers }, JSON.stringify({ required }))
  assert.equal((await send(true, { 'If-Match': '"v7"' })).status, 204)
  assert.equal((await send(true, { 'If-Match': '"v6"' })).status, 412)
  assert.equal((await send(true, { 'If-Unmodified-Since': modified })).status, 204)
  assert.equal((await send(true, {})).status, 428)
  assert.equal((await send(false, {})).status, 204)
  assert.equal((await askJson(served.port, 'PUT /x', { required: true })).status, 428)
})
