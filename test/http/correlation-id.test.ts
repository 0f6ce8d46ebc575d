import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { get, post } from '../../src/http/rest-channel.ts'
import { conflict } from '../../src/kernel/problem.ts'
import { service } from '../../src/kernel/service.ts'
import { ask, headerOf, jsonOf, RawConnection } from './raw-connection.ts'
import { serve } from './served.ts'

const services = [
  service({ name: 'ok', output: z.string(), on: get('/ok'), handle: ({ cid }) => cid }),
  service({ name: 'nothing', on: get('/no-content'), handle: () => {} }),
  service({ name: 'refuses', on: get('/refuses'), handle: () => conflict('Taken') }),
  service({ name: 'fails', on: get('/fails'), handle: () => Promise.reject(new Error('broken')) }),
  service({
    name: 'takes',
    input: z.object({ a: z.string() }),
    on: post('/takes'),
    handle: ({ log }) => log.info('took'),
  }),
]

suite('the correlation id', () => {
  const lines: Readonly<Record<string, number>> = {
    'GET /ok': 200,
    'GET /no-content': 204,
    'GET /refuses': 409,
    'GET /fails': 500,
    'POST /takes': 422,
    'GET /unknown': 404,
    'DELETE /ok': 405,
    'OPTIONS /ok': 204,
    'HEAD /ok': 200,
    'GET *': 400,
  }
  for (const [line, status] of Object.entries(lines)) {
    test(`is in the header of ${line}, and in the body if that is a problem`, async () => {
      await using served = await serve(services)
      const given = await ask(served.port, line, { 'X-Correlation-ID': 'my-id' })
      assert.equal(given.status, status)
      assert.equal(headerOf(given, 'x-correlation-id'), 'my-id')
      if (status >= 400) assert.equal(jsonOf(given).cid, 'my-id')
      const made = await ask(served.port, line)
      assert.match(headerOf(made, 'x-correlation-id') ?? '', /^[\da-f]{32}$/)
      if (status >= 400) assert.equal(jsonOf(made).cid, headerOf(made, 'x-correlation-id'))
    })
  }
  test('is the one of the call, and of its lines in the log', async () => {
    await using served = await serve(services)
    const { body } = await ask(served.port, 'GET /ok', { 'X-Correlation-ID': 'my-id' })
    assert.equal(body.toString(), '"my-id"')
    await ask(
      served.port,
      'POST /takes',
      { 'X-Correlation-ID': 'mine', 'Content-Type': 'application/json' },
      '{"a":""}',
    )
    assert.deepEqual(served.log, [{ level: 'info', message: 'took', fields: { cid: 'mine', service: 'takes' } }])
  })
  test('is another one for each request that brings none', async () => {
    await using served = await serve(services)
    const replies = await Promise.all(Array.from({ length: 100 }, () => ask(served.port, 'GET /ok')))
    assert.equal(new Set(replies.map((reply) => headerOf(reply, 'x-correlation-id'))).size, 100)
  })
  const refused: Readonly<Record<string, string>> = {
    'is empty': '',
    'has a blank': 'a b',
    'has quotes': '"a"',
    'has a comma': 'a,b',
    'has bytes beyond ASCII': '\xfc',
    'has more than 128 characters': 'x'.repeat(129),
  }
  for (const [what, cid] of Object.entries(refused)) {
    test(`is not taken over when it ${what}`, async () => {
      await using served = await serve(services)
      const reply = await ask(served.port, 'GET /ok', { 'X-Correlation-ID': cid })
      assert.match(headerOf(reply, 'x-correlation-id') ?? '', /^[\da-f]{32}$/)
    })
  }
  test('is not taken over when it comes twice', async () => {
    await using served = await serve(services)
    await using connection = await RawConnection.open(served.port)
    connection.send('GET /ok HTTP/1.1\r\nHost: test\r\nX-Correlation-ID: a\r\nX-Correlation-ID: a\r\n\r\n')
    assert.match(headerOf(await connection.reply(), 'x-correlation-id') ?? '', /^[\da-f]{32}$/)
  })
})
