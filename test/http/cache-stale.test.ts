import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { get } from '../../src/http/rest-channel.ts'
import { problem } from '../../src/kernel/problem.ts'
import { type Service, service } from '../../src/kernel/service.ts'
import { Count, cacheOf, counting, handClock } from './counting.ts'
import { ask, headerOf, jsonOf } from './raw-connection.ts'
import { type Served, serve } from './served.ts'

/** A service that counts, and waits or fails as it is told. */
interface Counter {
  count: number
  step: () => Promise<void> | void
  readonly made: Service
}

function counter(cache: object): Counter {
  const it: Omit<Counter, 'made'> = { count: 0, step: () => {} }
  const made = service({
    name: 'count',
    output: Count,
    on: get('/count', { cache: { ttl: 10, ...cache }, produces: ['json', 'xml'] }),
    handle: async () => {
      it.count++
      await it.step()
      return { count: it.count }
    },
  })
  return Object.assign(it, { made })
}

const seen = async (served: Served, headers: Readonly<Record<string, string>> = {}): Promise<unknown[]> => {
  const reply = await ask(served.port, 'GET /count', headers)
  return [reply.status, cacheOf(reply), headerOf(reply, 'age'), jsonOf(reply).count ?? jsonOf(reply).code]
}

suite('a reply whose time is over', () => {
  test('is handed out at once while one call makes a new one behind it', async () => {
    const clock = handClock()
    const it = counter({ staleWhileRevalidate: 30 })
    await using served = await serve([it.made], { clock })
    assert.deepEqual(await seen(served), [200, 'Miss', undefined, 1])
    clock.pass(12)
    const begun = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    it.step = () => {
      begun.resolve()
      return go.promise
    }
    assert.deepEqual(await seen(served), [200, 'Stale', '12', 1])
    await begun.promise
    assert.deepEqual(await seen(served), [200, 'Stale', '12', 1])
    go.resolve()
    // Whoever wants it fresh waits for it.
    assert.deepEqual((await seen(served, { 'Cache-Control': 'min-fresh=1' }))[3], 2)
    assert.deepEqual(await seen(served), [200, 'Hit', '0', 2])
    assert.equal(it.count, 2)
    assert.deepEqual(served.errors(), [])
  })
  test('is not handed out when that time is over, too, or to who wants a fresh one', async () => {
    const clock = handClock()
    const it = counter({ staleWhileRevalidate: 30 })
    await using served = await serve([it.made], { clock })
    await seen(served)
    clock.pass(11)
    assert.deepEqual(await seen(served, { 'Cache-Control': 'max-age=5' }), [200, 'Miss', undefined, 2])
    clock.pass(40)
    assert.deepEqual(await seen(served), [200, 'Miss', undefined, 3])
  })
  test('is renewed for fetch, whose client is gone, and in the format that was asked for', async () => {
    const clock = handClock()
    const it = counter({ staleWhileRevalidate: 30 })
    await using served = await serve([it.made], { clock })
    const get = async () => {
      const reply = await served.fetch(new Request('http://test/count', { headers: { accept: 'application/xml' } }))
      return [reply.headers.get('x-cache'), /<count>(\d)/.exec(await reply.text())?.[1]]
    }
    await get()
    clock.pass(11)
    const renewed = Promise.withResolvers<void>()
    it.step = () => renewed.resolve()
    assert.deepEqual(await get(), ['Stale', '1'])
    await renewed.promise
    await new Promise(setImmediate)
    assert.deepEqual(await get(), ['Hit', '2'])
  })
  test('is still handed out after its successor failed, which is logged', async () => {
    const clock = handClock()
    const it = counter({ staleWhileRevalidate: 30 })
    await using served = await serve([it.made], { clock })
    await seen(served)
    clock.pass(11)
    it.step = () => {
      throw new Error('no database')
    }
    assert.deepEqual(await seen(served), [200, 'Stale', '11', 1])
    assert.deepEqual(await seen(served), [200, 'Stale', '11', 1])
    await served.settled()
    assert.match(served.errors()[0]?.message ?? '', /no database/)
  })
  test('is not handed out where the service forbids it', async () => {
    const clock = handClock()
    const kept = { ttl: 10, staleWhileRevalidate: 30 }
    const strict = counting({ cache: kept }, (http) => http.setHeader('Cache-Control', 'max-age=10, must-revalidate'))
    await using served = await serve([strict], { clock })
    await seen(served)
    clock.pass(11)
    assert.deepEqual(await seen(served), [200, 'Miss', undefined, 2])
  })
  test('stands in for an error of the server, as long as the channel says', async () => {
    const clock = handClock()
    const it = counter({ staleIfError: 20 })
    await using served = await serve([it.made], { clock })
    await seen(served)
    clock.pass(11)
    it.step = () => {
      throw problem('unavailable')
    }
    assert.deepEqual(await seen(served), [200, 'Stale', '11', 1])
    const same = await Promise.all([seen(served), seen(served)])
    assert.deepEqual(same, [
      [200, 'Stale', '11', 1],
      [200, 'Stale', '11', 1],
    ])
    it.step = () => {
      throw problem('not_found')
    }
    assert.deepEqual(await seen(served), [404, 'Miss', undefined, 'not_found'])
    clock.pass(20)
    it.step = () => {
      throw problem('unavailable')
    }
    assert.deepEqual(await seen(served), [503, 'Miss', undefined, 'unavailable'])
  })
  test('does so for HEAD, too', async () => {
    const clock = handClock()
    const it = counter({ staleIfError: 20 })
    await using served = await serve([it.made], { clock })
    await seen(served)
    clock.pass(11)
    it.step = () => {
      throw problem('unavailable')
    }
    const reply = await ask(served.port, 'HEAD /count')
    assert.deepEqual([reply.status, cacheOf(reply)], [200, 'Stale'])
  })
})

test('a time that is none is refused', async () => {
  const made = service({
    name: 'a',
    output: z.int(),
    on: get('/a', { cache: { ttl: 1, staleIfError: -1 } }),
    handle: () => 1,
  })
  await assert.rejects(serve([made]), /has a cache with the staleIfError -1: give a number of seconds/)
})
