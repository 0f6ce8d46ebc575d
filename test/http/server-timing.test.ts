import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { get } from '../../src/http/rest-channel.ts'
import { service } from '../../src/kernel/service.ts'
import { ask, headerOf } from './raw-connection.ts'
import { serve } from './served.ts'

const greet = service({ name: 'greet', output: z.string(), on: get('/'), handle: () => 'hello' })
const fails = service({
  name: 'fails',
  on: get('/fails'),
  handle: () => {
    throw new Error('as it should')
  },
})
const timing = /^total;dur=\d+\.\d(?:, (?:gather|handle|reply);dur=\d+\.\d)*$/

test('in development each reply says how long it took', async () => {
  await using served = await serve([greet, fails], { development: true })
  for (const line of ['GET /', 'HEAD /', 'GET /fails', 'GET /unknown', 'DELETE /', 'OPTIONS /']) {
    assert.match(headerOf(await ask(served.port, line), 'server-timing') ?? '', timing, line)
  }
  const reply = await served.fetch(new Request('http://test/'))
  assert.match(reply.headers.get('server-timing') ?? '', timing)
})

test('elsewhere none does, unless a setting says so', async () => {
  await using served = await serve([greet])
  assert.equal(headerOf(await ask(served.port, 'GET /'), 'server-timing'), undefined)
  await using told = await serve([greet], { serverTiming: true })
  assert.match(headerOf(await ask(told.port, 'GET /'), 'server-timing') ?? '', timing)
  await using silent = await serve([greet], { development: true, serverTiming: false })
  assert.equal(headerOf(await ask(silent.port, 'GET /'), 'server-timing'), undefined)
})

test('what it is made of is told: as far as a call got', async () => {
  await using served = await serve([greet, fails], { serverTiming: true })
  for (const [line, names] of [
    ['GET /', ['total', 'gather', 'handle', 'reply']],
    ['GET /fails', ['total', 'gather', 'handle']],
    ['GET /unknown', ['total']],
  ] as const) {
    const told = headerOf(await ask(served.port, line), 'server-timing') ?? ''
    const spans = told.split(', ').map((each) => each.split(';dur='))
    assert.deepEqual(
      spans.map(([name]) => name),
      names,
    )
    const [total = 0, ...parts] = spans.map(([, time]) => Number(time))
    // Each is rounded by itself.
    assert.ok(parts.reduce((sum, each) => sum + each, 0) <= total + 0.3, told)
  }
})
