import assert from 'node:assert/strict'
import { once } from 'node:events'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { describeRest } from '../../src/http/describe/describe.ts'
import { redirect } from '../../src/http/reply/redirect.ts'
import { del, get, post, put, type RestDefaults, rest } from '../../src/http/rest-channel.ts'
import { createKernel } from '../../src/kernel/kernel.ts'
import { Media, type MediaOptions, media } from '../../src/kernel/media.ts'
import { type Service, service } from '../../src/kernel/service.ts'
import { StartupError } from '../../src/kernel/startup-error.ts'
import { createApp } from '../../src/platform/app.ts'
import { ask, askJson, headerOf, headersOf, jsonOf, RawConnection, requestText } from './raw-connection.ts'
import { serve } from './served.ts'

suite('a finished representation', () => {
  const page = (options: MediaOptions, body: string | AsyncIterable<string | Uint8Array> = 'hi'): Service =>
    service({
      name: 'page',
      on: get('/page', { status: 203, headers: { 'X-A': '1' } }),
      handle: () => media(body, 'text/plain', options),
    })

  test('has its own status and headers, ahead of those of the channel', async () => {
    await using served = await serve([page({ status: 418, headers: { 'x-a': '2', 'X-B': '3' } })])
    const reply = await ask(served.port, 'GET /page')
    assert.deepEqual([reply.status, headersOf(reply, 'x-a'), headerOf(reply, 'x-b')], [418, ['2'], '3'])
    await using plain = await serve([page({})])
    assert.equal((await ask(plain.port, 'GET /page')).status, 203)
  })
  for (const options of [
    { status: 99 },
    { status: 600 },
    { headers: { 'a b': '1' } },
    { headers: { a: '1\r\nb: 2' } },
    { headers: { 'Content-Length': '1' } },
  ]) {
    test(`that no reply can be is an error: ${JSON.stringify(options)}`, async () => {
      await using served = await serve([page(options)])
      assert.equal((await ask(served.port, 'GET /page')).status, 500)
    })
  }
  for (const status of [204, 205, 304]) {
    test(`of ${status} has no content, and lets go of its stream`, async () => {
      const released = Promise.withResolvers<void>()
      const stream = new ReadableStream({ cancel: () => released.resolve() })
      await using served = await serve([page({ status }, stream)])
      await using connection = await RawConnection.open(served.port)
      connection.send(requestText('GET /page'), requestText('GET /nothing'))
      const reply = await connection.reply()
      assert.equal(reply.status, status)
      assert.equal(headerOf(reply, 'content-type'), undefined)
      assert.equal(headerOf(reply, 'content-length'), status === 205 ? '0' : undefined)
      assert.equal(headerOf(reply, 'transfer-encoding'), undefined)
      assert.equal((await connection.reply()).status, 404)
      await released.promise
    })
  }
  test('may be a stream of bytes and text', async () => {
    async function* parts(): AsyncIterable<string | Uint8Array> {
      yield 'ä'
      yield Buffer.from('b')
    }
    const streams = [parts, () => new Blob(['ä', 'b']).stream() as AsyncIterable<Uint8Array>]
    for (const stream of streams) {
      const made = service({ name: 's', on: get('/s'), handle: () => media(stream(), 'text/plain; charset=utf-8') })
      await using served = await serve([made])
      const sent = await fetch(`http://127.0.0.1:${served.port}/s`)
      assert.equal(sent.headers.get('content-type'), 'text/plain; charset=utf-8')
      assert.equal(sent.headers.get('content-length'), null)
      assert.equal(await sent.text(), 'äb')
      assert.equal(await (await served.fetch(new Request('http://localhost/s'))).text(), 'äb')
    }
  })
  test('that is a stream is ended when the client goes away', {
    timeout: 20_000,
  }, async () => {
    const ended = Promise.withResolvers<boolean>()
    const made = service({
      name: 's',
      on: get('/s'),
      handle: ({ signal }) => {
        async function* endless(): AsyncIterable<Uint8Array> {
          try {
            for (;;) {
              await new Promise((resolve) => setImmediate(resolve))
              yield Buffer.alloc(64 * 1024)
            }
          } finally {
            ended.resolve(signal.aborted)
          }
        }
        return media(endless(), 'application/octet-stream')
      },
    })
    await using served = await serve([made])
    const connection = await RawConnection.open(served.port)
    connection.send(requestText('GET /s'))
    await once(connection.socket, 'data')
    connection.socket.destroy()
    assert.equal(await ended.promise, true)
  })
  test('that is a stream is not read for HEAD', async () => {
    const released = Promise.withResolvers<void>()
    let read = 0
    const made = service({
      name: 's',
      on: get('/s'),
      handle: () =>
        media(
          new ReadableStream({ pull: () => void read++, cancel: () => released.resolve() }, { highWaterMark: 0 }),
          'text/plain',
        ),
    })
    await using served = await serve([made])
    const reply = await ask(served.port, 'HEAD /s')
    assert.deepEqual([reply.status, headerOf(reply, 'content-type')], [200, 'text/plain'])
    await released.promise
    assert.equal(read, 0)
  })
  test('is known across copies of the package', async () => {
    const other = Object.assign(Object.create({}), { ...media('hi', 'text/plain') })
    Object.defineProperty(other, Symbol.for('trestle.media'), { value: true })
    assert.ok(!(other instanceof Media))
    await using served = await serve([service({ name: 's', on: get('/s'), handle: () => other })])
    assert.equal((await ask(served.port, 'GET /s')).body.toString(), 'hi')
  })
})

suite('any status', () => {
  for (const status of [200, 201, 202, 203, 207, 208, 226, 299, 300, 302, 400, 404, 418, 451, 500, 599]) {
    test(`such as ${status} is set by the channel, or while the call runs`, async () => {
      const output = z.object({ a: z.int() })
      const services = [
        service({ name: 'a', output, on: get('/declared', { status }), handle: () => ({ a: 1 }) }),
        service({
          name: 'b',
          output,
          on: get('/set'),
          handle: ({ http }) => {
            if (http !== undefined) http.status = status
            return { a: 1 }
          },
        }),
      ]
      await using served = await serve(services)
      for (const path of ['/declared', '/set']) {
        const reply = await ask(served.port, `GET ${path}`)
        assert.deepEqual([reply.status, reply.body.toString()], [status, '{"a":1}'])
        assert.equal((await ask(served.port, `HEAD ${path}`)).status, status)
      }
    })
  }
})

suite('a redirect', () => {
  test('has an address and no content', async () => {
    const old = service({
      name: 'old',
      on: [get('/old'), post('/old')],
      handle: () => redirect('/new?a=ü', { status: 307, headers: { 'X-A': '1' } }),
    })
    await using served = await serve([old])
    for (const method of ['GET', 'POST', 'HEAD']) {
      const reply = await ask(served.port, `${method} /old`)
      assert.equal(reply.statusLine, 'HTTP/1.1 307 Temporary Redirect')
      assert.equal(headerOf(reply, 'location'), '/new?a=%C3%BC')
      assert.equal(headerOf(reply, 'content-length'), '0')
      assert.equal(headerOf(reply, 'content-type'), undefined)
      assert.equal(headerOf(reply, 'x-a'), '1')
    }
    const fetched = await served.fetch(new Request('http://localhost/old'))
    assert.deepEqual([fetched.status, fetched.headers.get('location')], [307, '/new?a=%C3%BC'])
  })
  test('that a client may not ask for is a bad request', async () => {
    const login = service({
      name: 'login',
      input: z.object({ next: z.string() }),
      on: post('/login', { in: { next: 'query' } }),
      handle: ({ input }) => redirect(input.next, { allow: [] }),
    })
    await using served = await serve([login])
    assert.equal(headerOf(await ask(served.port, 'POST /login?next=/home'), 'location'), '/home')
    const refused = await ask(served.port, 'POST /login?next=//evil.example')
    assert.deepEqual(
      [refused.status, jsonOf(refused).code, headerOf(refused, 'location')],
      [400, 'bad_request', undefined],
    )
  })
})

suite('the location of what was made', () => {
  const output = z.object({ id: z.union([z.string(), z.int()]), owner: z.string().nullable() })
  const input = z.object({
    id: z.union([z.string(), z.int()]),
    owner: z.string().nullable(),
    group: z.string().optional(),
  })
  const add = (location: string, settings: RestDefaults = {}): Service =>
    service({
      name: 'add',
      input,
      output,
      on: post('/cars', { location, ...settings }),
      handle: ({ input: { id, owner } }) => ({ id, owner }),
    })
  const locate = async (
    made: Service,
    body: object,
    defaults: RestDefaults = {},
  ): Promise<readonly [number, string | undefined]> => {
    await using served = await serve([made], defaults)
    const reply = await askJson(served.port, 'POST /cars', body)
    return [reply.status, headerOf(reply, 'location')]
  }

  test('is made of the output, or else of the input, and answers 201', async () => {
    assert.deepEqual(await locate(add('/cars/{id}'), { id: 7, owner: null }), [201, '/cars/7'])
    assert.deepEqual(await locate(add('/groups/{group}/cars/{id}'), { id: 7, owner: null, group: 'a' }), [
      201,
      '/groups/a/cars/7',
    ])
    assert.deepEqual(await locate(add('https://api.example.com/cars/{id}'), { id: 7, owner: null }), [
      201,
      'https://api.example.com/cars/7',
    ])
    assert.deepEqual(await locate(add('/cars/{id}', { status: 202 }), { id: 7, owner: null }), [202, '/cars/7'])
    assert.deepEqual(await locate(add('/cars/{id}', { envelope: 'meta' }), { id: 7, owner: null }), [201, '/cars/7'])
  })
  test('is percent-encoded', async () => {
    for (const [id, location] of [
      ['a/b', '/cars/a%2Fb'],
      ['../x', '/cars/..%2Fx'],
      ['ü ?#%', '/cars/%C3%BC%20%3F%23%25'],
      ['a\r\nb', '/cars/a%0D%0Ab'],
    ]) {
      assert.deepEqual(await locate(add('/cars/{id}'), { id, owner: null }), [201, location])
    }
  })
  test('is not sent where there is nothing to make it of', async () => {
    assert.deepEqual(await locate(add('/owners/{owner}'), { id: 7, owner: null }), [201, undefined])
    assert.deepEqual(await locate(add('/groups/{group}'), { id: 7, owner: null }), [201, undefined])
    assert.deepEqual(await locate(add('/cars/{id}'), { id: '', owner: null }), [201, undefined])
  })
  test('gives way to one that the call sets', async () => {
    const made = service({
      name: 'add',
      input,
      output,
      on: post('/cars', { location: '/cars/{id}' }),
      handle: ({ input: { id, owner }, http }) => {
        http?.setHeader('Location', '/elsewhere')
        return { id, owner }
      },
    })
    assert.deepEqual(await locate(made, { id: 7, owner: null }), [201, '/elsewhere'])
  })
  test('stands behind the prefix of its channel', async () => {
    const based = service.with({ on: rest({ prefix: '/api' }) })
    const made = based({
      name: 'add',
      input,
      output,
      on: post('/cars', { location: '/cars/{id}' }),
      handle: ({ input: { id, owner } }) => ({ id, owner }),
    })
    await using served = await serve([made], { prefix: '/shop' })
    const reply = await askJson(served.port, 'POST /shop/api/cars', { id: 7, owner: null })
    assert.deepEqual([reply.status, headerOf(reply, 'location')], [201, '/shop/api/cars/7'])
  })
  test('is found by the clients of an app that is mounted in another', async () => {
    const inner = createApp({ services: [add('/cars/{id}')], log: 'silent' })
    await using outer = createApp({ services: [], mount: { '/shop': inner }, log: 'silent' })
    const { port } = await outer.listen({ port: 0 })
    const reply = await askJson(port, 'POST /shop/cars', { id: 7, owner: null })
    assert.deepEqual([reply.status, headerOf(reply, 'location')], [201, '/shop/cars/7'])
  })
  test('has the version that its path has', async () => {
    const versioned = service.with({
      on: rest({ prefix: '/{version}', versions: { by: 'path', allowed: ['v1', 'v2'] } }),
    })
    const made = versioned({
      name: 'add',
      input,
      output,
      on: post('/cars', { location: '/cars/{id}' }),
      handle: ({ input: { id, owner } }) => ({ id, owner }),
    })
    await using served = await serve([made])
    const reply = await askJson(served.port, 'POST /v2/cars', { id: 7, owner: null })
    assert.deepEqual([reply.status, headerOf(reply, 'location')], [201, '/v2/cars/7'])
  })
  test('leaves the status of other methods as it is', async () => {
    const made = service({
      name: 'put',
      input,
      output,
      on: put('/cars/{id}', { location: '/cars/{id}' }),
      handle: ({ input: { id, owner } }) => ({ id, owner }),
    })
    await using served = await serve([made])
    const reply = await askJson(served.port, 'PUT /cars/a', { owner: null })
    assert.deepEqual([reply.status, headerOf(reply, 'location')], [200, '/cars/a'])
  })
  for (const [location, why] of [
    ['/cars/{nothing}', /'nothing', which is in neither model/],
    ['cars/{id}', /no address/],
    ['/cars/{id', /no address/],
    ['/cars/ {id}', /no address/],
    ['javascript:{id}', /no address/],
  ] as const) {
    test(`cannot be ${location}`, async () => {
      await assert.rejects(serve([add(location)]), (error) => error instanceof StartupError && why.test(error.message))
    })
  }
  test('is described as a header, and as a link to what reads it', () => {
    const read = service({
      name: 'read',
      input: z.object({ no: z.string() }),
      output,
      on: [del('/cars/{no}'), get('/cars/{no}')],
      handle: () => ({ id: 1, owner: null }),
    })
    const replyOf = (made: Service, defaults?: RestDefaults) =>
      describeRest(createKernel({ services: [made, read] }).services, defaults).find((each) => each.service === 'add')
        ?.reply
    const reply = replyOf(add('/cars/{id}'))
    assert.equal(reply?.status, 201)
    assert.ok(reply?.headers.some((each) => typeof each === 'object' && each.name === 'Location'))
    assert.deepEqual(reply?.links, { location: { service: 'read', parameters: { no: '$response.body#/id' } } })
    assert.deepEqual(replyOf(add('/cars/{group}'))?.links, {
      location: { service: 'read', parameters: { no: '$request.body#/group' } },
    })
    assert.deepEqual(replyOf(add('/cars/{id}'), { envelope: 'meta' })?.links?.location?.parameters, {
      no: '$response.body#/data/id',
    })
    assert.equal(replyOf(add('/elsewhere/{id}'))?.links, undefined)
  })
})
