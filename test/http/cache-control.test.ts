import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { any, type RestDefaults } from '../../src/http/rest-channel.ts'
import { problem } from '../../src/kernel/problem.ts'
import { service } from '../../src/kernel/service.ts'
import { Count, type HttpOf } from './counting.ts'
import { ask, headerOf } from './raw-connection.ts'
import { serve } from './served.ts'

suite('Cache-Control', () => {
  const controlOf = async (options: RestDefaults, method = 'GET', more: (http: HttpOf) => void = () => {}) => {
    const made = service({
      name: 's',
      output: Count,
      on: any('/count', options),
      handle: ({ http }) => {
        if (http !== undefined) more(http)
        return { count: 1 }
      },
    })
    await using served = await serve([made])
    return headerOf(await ask(served.port, `${method} /count`), 'cache-control')
  }
  test('is sent as it is declared, with successes of reading methods', async () => {
    const declared = {
      maxAge: 60,
      sMaxAge: 10,
      public: true,
      private: false,
      mustRevalidate: true,
    }
    const text = 'max-age=60, s-maxage=10, public, must-revalidate'
    assert.equal(await controlOf({ cacheControl: declared }), text)
    assert.equal(await controlOf({ cacheControl: declared }, 'HEAD'), text)
    assert.equal(await controlOf({ cacheControl: declared }, 'QUERY'), text)
    assert.equal(await controlOf({ cacheControl: declared }, 'POST'), undefined)
    assert.equal(
      await controlOf({ cacheControl: { maxAge: 1, immutable: true, staleWhileRevalidate: 2, staleIfError: 3 } }),
      'max-age=1, immutable, stale-while-revalidate=2, stale-if-error=3',
    )
    assert.equal(await controlOf({ cacheControl: 'no-store' }), 'no-store')
  })
  test('of the service beats it', async () => {
    const more = (http: HttpOf) => http.setHeader('Cache-Control', 'private')
    assert.equal(await controlOf({ cacheControl: { maxAge: 60 } }, 'GET', more), 'private')
  })
  test('of problems is no-store unless they say otherwise', async () => {
    const options = { cacheControl: { maxAge: 60 } }
    const failing = () => {
      throw problem('not_found')
    }
    const saying = () => {
      throw problem('not_found', undefined, { headers: { 'Cache-Control': 'max-age=5' } })
    }
    assert.equal(await controlOf(options, 'GET', failing), 'no-store')
    assert.equal(await controlOf(options, 'POST', failing), 'no-store')
    assert.equal(await controlOf(options, 'GET', saying), 'max-age=5')
  })
})
