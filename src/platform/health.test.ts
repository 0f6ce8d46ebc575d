import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { service } from '../kernel/service.ts'
import { createApp } from './app.ts'
import type { AppSettings } from './app-options.ts'
import type { App } from './app-types.ts'

const none = service({ name: 'none', output: z.string(), handle: () => 'nothing' })
const clock = { now: () => new Date(0), elapsed: () => 0 }
const time = '1970-01-01T00:00:00.000Z'
const start = (settings: AppSettings, mode: 'development' | 'production' = 'production'): App =>
  createApp({ services: [none], log: 'silent', clock, mode, ...settings })

async function asked(app: App, path: string): Promise<readonly [status: number, body: unknown]> {
  const reply = await app.fetch(new Request(`http://test${path}`))
  assert.equal(reply.headers.get('content-type'), 'application/health+json')
  assert.equal(reply.headers.get('cache-control'), 'no-store')
  return [reply.status, await reply.json()]
}

suite('the health of an app', () => {
  test('passes when nothing is to be looked at', async () => {
    await using app = start({})
    for (const path of ['/health', '/health/ready', '/health/live']) {
      assert.deepEqual(await asked(app, path), [200, { status: 'pass' }])
    }
  })
  test('is that of its checks; whether it is alive depends on none', async () => {
    let broken = false
    const db = async (): Promise<void> => {
      if (broken) throw new Error('password of db is wrong')
    }
    await using app = start({ health: { checks: { db, cache: () => 'there' } } })
    const cache = [{ status: 'pass', time }]
    assert.deepEqual(await asked(app, '/health'), [200, { status: 'pass', checks: { db: cache, cache } }])
    broken = true
    const failed = [{ status: 'fail', time, output: 'The check failed' }]
    assert.deepEqual(await asked(app, '/health/ready'), [503, { status: 'fail', checks: { db: failed, cache } }])
    assert.deepEqual(await asked(app, '/health/live'), [200, { status: 'pass' }])
  })
  test('says in development why a check fails', async () => {
    const db = (): never => {
      throw new Error('no such host')
    }
    await using app = start({ health: { checks: { db } } }, 'development')
    const checks = { db: [{ status: 'fail', time, output: 'no such host' }] }
    assert.deepEqual(await asked(app, '/health'), [503, { status: 'fail', checks }])
  })
  test('fails when a check takes too long, whose signal aborts', async () => {
    let aborted = false
    const db = (signal: AbortSignal): Promise<void> =>
      new Promise(() => signal.addEventListener('abort', () => (aborted = true)))
    await using app = start({ health: { checks: { db }, timeout: 5 } })
    const checks = { db: [{ status: 'fail', time, output: 'No answer in 5 ms' }] }
    assert.deepEqual(await asked(app, '/health'), [503, { status: 'fail', checks }])
    assert.equal(aborted, true)
  })
  test('is looked at once for all who ask at the same time', async () => {
    let looks = 0
    const db = async (): Promise<void> => void looks++
    await using app = start({ health: { checks: { db } } })
    await Promise.all([asked(app, '/health'), asked(app, '/health/ready'), asked(app, '/health')])
    assert.equal(looks, 1)
    await asked(app, '/health')
    assert.equal(looks, 2)
  })
  test('fails from the moment on which the app begins to stop', async () => {
    const app = start({})
    await app.close()
    assert.deepEqual(await asked(app, '/health'), [503, { status: 'fail', output: 'The server is stopping' }])
    assert.deepEqual(await asked(app, '/health/live'), [200, { status: 'pass' }])
  })
})
