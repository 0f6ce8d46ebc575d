import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { get } from '../http/rest-channel.ts'
import { anonymous } from '../kernel/caller.ts'
import type { Logger } from '../kernel/logger.ts'
import { silentLogger } from '../kernel/logger.ts'
import { service } from '../kernel/service.ts'
import { createApp } from './app.ts'

const greet = service({ name: 'greet', output: z.string(), on: get('/greet'), handle: () => 'hello' })

test('an access log has a line for each reply that has left, and onReply is told too', async () => {
  const lines: unknown[] = []
  const log: Logger = { ...silentLogger, info: (...line: unknown[]) => void lines.push(line) }
  const told = Promise.withResolvers<unknown>()
  await using app = createApp({
    services: [greet],
    accessLog: true,
    trustedProxies: ['loopback'],
    log,
    onReply: told.resolve,
  })
  const { url } = await app.listen({ port: 0 })
  await fetch(`${url}/greet?secret=1`, { headers: { 'X-Correlation-ID': 'mine', 'X-Forwarded-For': '203.0.113.7' } })
  const { milliseconds, ...reply } = (await told.promise) as Record<string, unknown>
  assert.equal(typeof milliseconds, 'number')
  const sent = { method: 'GET', path: '/greet', status: 200, cid: 'mine', client: '203.0.113.7' }
  assert.deepEqual(reply, { ...sent, service: 'greet', caller: anonymous })
  const [[fields, message] = []] = lines as [Record<string, unknown>, string][]
  const { ms, ...others } = fields ?? {}
  assert.equal(typeof ms, 'number')
  assert.deepEqual(others, sent)
  assert.equal(message, 'GET /greet 200')
})
