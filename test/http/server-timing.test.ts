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
const timing = /^total;dur=\d+\.\d$/

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
