import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createApp, get, type Logger, service } from 'trestle'
import { silentLogger } from '../../src/kernel/logger.ts'
import { adminApp } from './admin-app.ts'

test('a limit of a stored definition holds as it is now, also for a caller that another app hands over', async () => {
  await using app = adminApp()
  const { secret } = (await app.admin('POST /admin/definitions', { name: 'acme', kind: 'apiKey', limit: '5/minute' }))
    .body
  await app.admin('POST /admin/groups/partners/members', { definition: 'acme' })
  const caller = { definition: 'acme', username: 'acme', roles: [], scopes: [] }
  const told = async (): Promise<readonly unknown[]> => {
    const byKey = await app.send('GET /hello', undefined, { 'x-api-key': secret })
    const handedOver = await app.app.fetch(new Request('http://localhost/hello'), { caller })
    return [byKey, handedOver].map(({ status, headers }) => [status, headers.get('ratelimit-policy')])
  }
  assert.deepEqual(await told(), [
    [200, '"client";q=5;w=60'],
    [200, '"client";q=5;w=60'],
  ])
  const changed = await app.admin('PATCH /admin/definitions/acme', { limit: '9/minute' })
  assert.equal(changed.status, 200)
  assert.deepEqual(await told(), [
    [200, '"client";q=9;w=60'],
    [200, '"client";q=9;w=60'],
  ])
})

test('where the data folder cannot be used, limited calls are refused, and the log says so once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'trestle-limits-'))
  const file = join(folder, 'file')
  writeFileSync(file, '')
  const data = join(file, 'data')
  const errors: { readonly text: string; readonly reason: string }[] = []
  const error = (said: unknown, text: string = ''): void =>
    void errors.push({ text, reason: String((said as { readonly err: unknown }).err) })
  const log: Logger = { ...silentLogger, error, child: () => log }
  const free = service({ name: 'free', on: get('/free', { limit: false }), handle: () => {} })
  const narrow = service({ name: 'narrow', on: get('/narrow', { limit: '3/hour' }), handle: () => {} })
  await using app = createApp({ log, data, services: [narrow, free] })
  for (let call = 0; call < 3; call++) {
    const reply = await app.fetch(new Request('http://localhost/narrow'))
    assert.deepEqual([reply.status, reply.headers.get('retry-after')], [503, '1'])
    assert.equal((await app.fetch(new Request('http://localhost/free'))).status, 204)
  }
  // Beside these, each reply of 500 and above has its own line.
  const told = errors.filter(({ text }) => text === 'calls cannot be counted, and are refused meanwhile')
  assert.equal(told.length, 1)
  assert.match(told[0]?.reason ?? '', /limits\.db cannot be opened: make its folder one that the app may write to/)
  rmSync(folder, { recursive: true })
})
