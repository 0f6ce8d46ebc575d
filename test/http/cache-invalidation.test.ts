import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import type { CacheOptions } from '../../src/http/cache/cache-settings.ts'
import { responseCache } from '../../src/http/cache/response-cache.ts'
import { any, del, get, post, put } from '../../src/http/rest-channel.ts'
import { problem } from '../../src/kernel/problem.ts'
import { service } from '../../src/kernel/service.ts'
import { Count, cacheOf } from './counting.ts'
import { ask, askJson, jsonOf, RawConnection, requestText } from './raw-connection.ts'
import { type Served, serve } from './served.ts'

suite('parallel calls with one question', () => {
  const waiting = (cache: CacheOptions, result: (call: number, signal: AbortSignal) => unknown = (call) => call) => {
    const begun = Promise.withResolvers<void>()
    const opened = Promise.withResolvers<void>()
    const calls: number[] = []
    const wait = service({
      name: 'wait',
      output: z.int(),
      on: get('/wait', { cache }),
      handle: async ({ signal }) => {
        const call = calls.push(calls.length + 1)
        begun.resolve()
        await opened.promise
        return (await result(call, signal)) as number
      },
    })
    return { wait, calls, begun: begun.promise, open: opened.resolve }
  }

  test('are one call of the service', async () => {
    const { wait, calls, begun, open } = waiting({ ttl: 60 })
    await using served = await serve([wait])
    const connections = await Promise.all(Array.from({ length: 50 }, () => RawConnection.open(served.port)))
    for (const connection of connections) connection.send(requestText('GET /wait'))
    await begun
    open()
    const replies = await Promise.all(connections.map((connection) => connection.reply()))
    await Promise.all(connections.map((connection) => connection[Symbol.asyncDispose]()))
    assert.deepEqual([...new Set(replies.map(({ status, body }) => `${status} ${body}`))], ['200 1'])
    assert.deepEqual(calls, [1])
    assert.deepEqual(
      replies.map(cacheOf).filter((mark) => mark === 'Miss'),
      ['Miss'],
    )
  })
  test('run by themselves where the first fails', async () => {
    const { wait, calls, open } = waiting({ ttl: 60 }, (call) => {
      if (call === 1) throw problem('unavailable')
      return call
    })
    await using served = await serve([wait])
    const replies = Array.from({ length: 3 }, () => served.fetch(new Request('http://test/wait')))
    open()
    assert.deepEqual((await Promise.all(replies)).map(({ status }) => status).sort(), [200, 200, 503])
    assert.equal(calls.length, 3)
  })
  test('do not suffer where the client of the first goes away', async () => {
    const { wait, calls, begun, open } = waiting({ ttl: 60 }, (call, signal) => {
      if (signal.aborted) throw signal.reason
      return call
    })
    await using served = await serve([wait])
    const leader = new AbortController()
    const first = served.fetch(new Request('http://test/wait', { signal: leader.signal }))
    await begun
    const others = Array.from({ length: 5 }, () => served.fetch(new Request('http://test/wait')))
    leader.abort()
    open()
    await first
    assert.deepEqual(await Promise.all(others.map(async (each) => (await each).text())), ['2', '2', '2', '2', '2'])
    assert.equal(calls.length, 2)
  })
  test('do not wait longer than the channel says', async () => {
    const { wait, calls, begun, open } = waiting({ ttl: 60, wait: 1 })
    const second = Promise.withResolvers<void>()
    await using served = await serve([wait])
    const first = served.fetch(new Request('http://test/wait'))
    await begun
    const other = served.fetch(new Request('http://test/wait'))
    const watch = setInterval(() => {
      if (calls.length === 2) second.resolve()
    }, 1)
    await second.promise
    clearInterval(watch)
    open()
    assert.deepEqual([(await first).status, (await other).status], [200, 200])
  })
})

suite('what changes', () => {
  const shop = (cache = responseCache()) => {
    const state = new Map([['1', 'paper']])
    const Item = z.object({ name: z.string() })
    const on = { cache: { ttl: 60 } }
    let lists = 0
    const services = [
      service({
        name: 'list',
        output: Count,
        on: get('/items', on),
        handle: () => ({ count: ++lists * 10 + state.size }),
      }),
      service({
        name: 'read',
        input: z.object({ id: z.string() }),
        output: Item,
        on: get('/items/{id}', on),
        handle: ({ input }) => ({ name: state.get(input.id) ?? 'none' }),
      }),
      service({
        name: 'write',
        input: z.object({ id: z.string(), name: z.string() }),
        on: put('/items/{id}', { invalidates: ['/items'] }),
        handle: ({ input }) => {
          if (input.name === '') throw problem('conflict')
          state.set(input.id, input.name)
        },
      }),
      service({
        name: 'add',
        input: z.object({ id: z.string() }),
        on: post('/items', { status: 201 }),
        handle: ({ input, http }) => {
          state.set(input.id, 'new')
          http?.setHeader('Location', `/items/${input.id}`)
        },
      }),
      service({ name: 'clear', on: del('/everything', { invalidates: ['/items*'] }), handle: () => state.clear() }),
    ]
    return { services, cache }
  }
  const marks = async (served: Served, ...paths: string[]) => {
    const seen: (string | undefined)[] = []
    for (const path of paths) seen.push(cacheOf(await ask(served.port, `GET ${path}`)))
    return seen
  }

  test('drops what is kept of its own path, for all callers, and of the paths that it names', async () => {
    await using served = await serve(shop().services)
    await ask(served.port, 'GET /items/1?x=1', { Authorization: 'a' })
    await marks(served, '/items', '/items/1', '/items/2')
    assert.equal((await askJson(served.port, 'PUT /items/1', { name: 'pen' })).status, 204)
    assert.deepEqual(await marks(served, '/items', '/items/1', '/items/2'), ['Miss', 'Miss', 'Hit'])
    assert.equal(cacheOf(await ask(served.port, 'GET /items/1?x=1', { Authorization: 'a' })), 'Miss')
    assert.deepEqual(jsonOf(await ask(served.port, 'GET /items/1')), { name: 'pen' })
  })
  test('drops nothing when it fails', async () => {
    await using served = await serve(shop().services)
    await marks(served, '/items/1')
    assert.equal((await askJson(served.port, 'PUT /items/1', { name: '' })).status, 409)
    assert.deepEqual(await marks(served, '/items/1'), ['Hit'])
  })
  test('drops what the Location of its reply names', async () => {
    await using served = await serve(shop().services)
    await marks(served, '/items', '/items/9', '/items/8')
    assert.equal((await askJson(served.port, 'POST /items', { id: '9' })).status, 201)
    assert.deepEqual(await marks(served, '/items', '/items/9', '/items/8'), ['Miss', 'Miss', 'Hit'])
  })
  test('takes no pattern from a client', async () => {
    await using served = await serve(shop().services)
    await marks(served, '/items/9', '/items/8')
    assert.equal((await askJson(served.port, 'PUT /items/{x}', { name: 'a' })).status, 204)
    assert.equal((await askJson(served.port, 'PUT /items/*', { name: 'a' })).status, 204)
    assert.deepEqual(await marks(served, '/items/9', '/items/8'), ['Hit', 'Hit'])
  })
  test('drops what an absolute Location names by the host that the client asked for', async () => {
    const list = service({
      name: 'list',
      output: z.int(),
      on: get('/items/9', { cache: { ttl: 60 } }),
      handle: () => 1,
    })
    const add = service({
      name: 'add',
      on: post('/items'),
      handle: ({ http }) => http?.setHeader('Location', `${http.origin}/items/9`),
    })
    await using served = await serve([list, add], { edge: { trustedProxies: ['loopback'] } })
    const forwarded = { 'X-Forwarded-Host': 'api.example.com', 'X-Forwarded-Proto': 'https', Host: 'inner' }
    const read = async () => cacheOf(await ask(served.port, 'GET /items/9', forwarded))
    assert.deepEqual([await read(), await read()], ['Miss', 'Hit'])
    assert.equal((await ask(served.port, 'POST /items', forwarded)).status, 204)
    assert.equal(await read(), 'Miss')
  })
  test('drops all that a pattern stands for', async () => {
    await using served = await serve(shop().services)
    await marks(served, '/items', '/items/9')
    assert.equal((await ask(served.port, 'DELETE /everything')).status, 204)
    assert.deepEqual(await marks(served, '/items', '/items/9'), ['Miss', 'Miss'])
  })
  test('keeps a call from keeping what it read before', async () => {
    const begun = Promise.withResolvers<void>()
    const opened = Promise.withResolvers<void>()
    let state = 'old'
    await using served = await serve([
      service({
        name: 'read',
        output: z.string(),
        on: get('/state', { cache: { ttl: 60 } }),
        handle: async () => {
          const read = state
          begun.resolve()
          await opened.promise
          return read
        },
      }),
      service({
        name: 'write',
        on: put('/state'),
        handle: () => {
          state = 'new'
        },
      }),
    ])
    const slow = served.fetch(new Request('http://test/state'))
    await begun.promise
    assert.equal((await served.fetch(new Request('http://test/state', { method: 'PUT' }))).status, 204)
    const next = served.fetch(new Request('http://test/state'))
    opened.resolve()
    assert.equal(await (await slow).text(), '"old"')
    assert.equal(await (await next).text(), '"new"')
    const kept = await served.fetch(new Request('http://test/state'))
    assert.deepEqual([kept.headers.get('x-cache'), await kept.text()], ['Hit', '"new"'])
  })
  test('may be told of by code', async () => {
    const cache = responseCache()
    await using served = await serve(shop().services, { responseCache: cache })
    await marks(served, '/items', '/items/1', '/items/2')
    assert.equal(await cache.purge({ path: '/items/{id}' }), 2)
    assert.deepEqual(await marks(served, '/items', '/items/1'), ['Hit', 'Miss'])
    assert.equal(await cache.purge({ service: 'list' }), 1)
    assert.equal(await cache.purge({ service: 'list', path: '/items/*' }), 0)
    assert.equal(await cache.purge(), 1)
  })
  test('on a channel for every method counts by the method', async () => {
    let count = 0
    const all = service({
      name: 'all',
      output: Count,
      on: any('/x', { cache: { ttl: 9 } }),
      handle: () => ({ count: ++count }),
    })
    await using served = await serve([all])
    const seen: unknown[] = []
    for (const method of ['GET', 'GET', 'POST', 'GET']) {
      const reply = await ask(served.port, `${method} /x`)
      seen.push([cacheOf(reply), jsonOf(reply).count])
    }
    assert.deepEqual(seen, [
      ['Miss', 1],
      ['Hit', 1],
      [undefined, 2],
      ['Miss', 3],
    ])
  })
})
