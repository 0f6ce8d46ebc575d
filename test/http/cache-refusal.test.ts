import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { CacheOptions } from '../../src/http/cache/cache-settings.ts'
import { responseCache } from '../../src/http/cache/response-cache.ts'
import { get, put, type RestDefaults } from '../../src/http/rest-channel.ts'
import { media } from '../../src/kernel/media.ts'
import { problem } from '../../src/kernel/problem.ts'
import { service } from '../../src/kernel/service.ts'
import { Count, cacheOf, counting, counts, type HttpOf, handClock } from './counting.ts'
import { ask } from './raw-connection.ts'
import { serve } from './served.ts'

suite('a reply is not kept', () => {
  const rows: readonly (readonly [why: string, (http: HttpOf) => void])[] = [
    ['that sets a cookie', (http) => http.setHeader('Set-Cookie', 'a=1')],
    ['with no-store', (http) => http.setHeader('Cache-Control', 'max-age=60, no-store')],
    ['with private', (http) => http.setHeader('Cache-Control', 'Private')],
    ['with no-cache', (http) => http.setHeader('Cache-Control', 'no-cache="Set-Cookie"')],
    ['with max-age=0', (http) => http.setHeader('Cache-Control', 'max-age=0')],
    ['that varies by anything', (http) => http.setHeader('Vary', '*')],
    ['that varies by a header which is not part of the question', (http) => http.setHeader('Vary', 'User-Agent')],
    [
      'with an error status',
      (http) => {
        http.status = 404
      },
    ],
    [
      'with a redirect',
      (http) => {
        http.status = 302
      },
    ],
    [
      'that is a part',
      (http) => {
        http.status = 206
      },
    ],
    [
      'that is a problem',
      () => {
        throw problem('not_found')
      },
    ],
  ]
  for (const [why, more] of rows) {
    test(why, async () => {
      let calls = 0
      const own = counting({ cache: { ttl: 60 } }, (http) => {
        calls++
        more(http)
      })
      await using served = await serve([own])
      const first = await ask(served.port, 'GET /count')
      const second = await ask(served.port, 'GET /count')
      assert.deepEqual([cacheOf(first), cacheOf(second), calls], ['Miss', 'Miss', 2])
    })
  }
  test('that is a problem sent with 200', async () => {
    let calls = 0
    const own = counting({ cache: { ttl: 60 }, alwaysOk: true }, () => {
      calls++
      throw problem('not_found')
    })
    await using served = await serve([own])
    assert.equal((await ask(served.port, 'GET /count')).status, 200)
    assert.equal((await ask(served.port, 'GET /count')).status, 200)
    assert.equal(calls, 2)
  })
  test('that is too large, or comes in parts', async () => {
    const cache: CacheOptions = { ttl: 60, maxBytes: 10 }
    async function* parts() {
      yield 'a'
    }
    await using served = await serve([
      service({ name: 'large', on: get('/large', { cache }), handle: () => media('01234567890', 'text/plain') }),
      service({ name: 'fits', on: get('/fits', { cache }), handle: () => media('0123456789', 'text/plain') }),
      service({ name: 'parts', on: get('/parts', { cache }), handle: () => media(parts(), 'text/plain') }),
    ])
    const mark = async (path: string) => (await served.fetch(new Request(`http://test${path}`))).headers.get('x-cache')
    assert.deepEqual([await mark('/large'), await mark('/large')], ['Miss', 'Miss'])
    assert.deepEqual([await mark('/fits'), await mark('/fits')], ['Miss', 'Hit'])
    assert.deepEqual([await mark('/parts'), await mark('/parts')], ['Miss', 'Miss'])
  })
  test('before it is asked for a second time, where the channel says so', async () => {
    const clock = handClock()
    await using served = await serve([counting({ cache: { ttl: 10, storeOnSecond: true } })], { clock })
    assert.deepEqual(await counts(served, {}), [['Miss', 1]])
    clock.pass(10)
    assert.deepEqual(await counts(served, {}, {}, {}), [
      ['Miss', 2],
      ['Miss', 3],
      ['Hit', 3],
    ])
  })
})

test('a store that fails is logged, and the calls go on', async () => {
  const broken = (): never => {
    throw new Error('the store is away')
  }
  const cache = responseCache({
    store: { get: async () => broken(), set: broken, delete: broken, purge: async () => broken() },
  })
  await using served = await serve(
    [counting({ cache: { ttl: 60 } }), service({ name: 'change', on: put('/count'), handle: () => {} })],
    { responseCache: cache },
  )
  assert.deepEqual(await counts(served, {}, {}), [
    ['Miss', 1],
    ['Miss', 2],
  ])
  assert.equal((await ask(served.port, 'PUT /count')).status, 204)
  assert.equal(served.errors().length, 5)
})

suite('settings that cannot be meant', () => {
  const rows: readonly (readonly [RestDefaults, RegExp])[] = [
    [{ cache: { ttl: 0 } }, /ttl 0: give a number of seconds above 0/],
    [{ cache: { ttl: 1, wait: -1 } }, /wait -1/],
    [{ cache: { ttl: 1, maxBytes: Number.NaN } }, /maxBytes NaN/],
    [{ cache: { ttl: 1, vary: ['*'] } }, /varies by '\*'/],
    [{ cache: { ttl: 1, vary: ['a b'] } }, /varies by 'a b'/],
    [{ cache: { ttl: 1 }, cacheControl: 'no-store' }, /has cache and no-store/],
    [{ invalidates: ['cars'] }, /invalidates 'cars'/],
    [{ cacheControl: { maxAge: 1.5 } }, /max-age as 1\.5/],
    [{ cacheControl: { maxAge: -1 } }, /max-age as -1/],
    [{ cacheControl: 'max-age' }, /max-age as nothing/],
    [{ cacheControl: {} }, /says nothing/],
    [{ cacheControl: { public: true, private: true } }, /both public and private/],
    [{ cacheControl: { noStore: true, maxAge: 1 } }, /both no-store and max-age/],
    [{ cacheControl: { private: true, sMaxAge: 1 } }, /both s-maxage and private/],
    [{ cacheControl: 'max-age=1\r\nX: 1' }, /cannot be sent/],
  ]
  for (const [options, sentence] of rows) {
    test(`are refused: ${JSON.stringify(options)}`, async () => {
      const made = service({ name: 's', output: Count, on: get('/count', options), handle: () => ({ count: 1 }) })
      await assert.rejects(serve([made]), sentence)
    })
  }
})
