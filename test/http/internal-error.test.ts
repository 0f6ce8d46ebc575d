import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { get, post } from '../../src/http/rest-channel.ts'
import { Problem, problem } from '../../src/kernel/problem.ts'
import { provider } from '../../src/kernel/provider.ts'
import { type Service, service } from '../../src/kernel/service.ts'
import { ask, askJson, headerOf, jsonOf } from './raw-connection.ts'
import { serve } from './served.ts'

const broken = provider((): string => {
  throw new Error('secret')
})
const circle: Record<string, unknown> = {}
circle.self = circle

/** Throws whatever it is given; a function of its own, for the linter wants errors thrown. */
function toss(value: unknown): never {
  throw value
}

const on = get('/x')
const base = { name: 's', on }
const failing: Readonly<Record<string, Service>> = {
  'throws an error': service({ ...base, handle: () => toss(new Error('secret')) }),
  'rejects with an error': service({ ...base, handle: () => Promise.reject(new Error('secret')) }),
  'throws a text': service({ ...base, handle: () => toss('secret') }),
  'throws nothing': service({ ...base, handle: () => toss(undefined) }),
  'throws null': service({ ...base, handle: () => toss(null) }),
  'throws an object without a prototype': service({ ...base, handle: () => toss(Object.create(null)) }),
  'rejects with an object without a prototype': service({
    ...base,
    handle: () => Promise.reject(Object.create(null)),
  }),
  'throws an error whose message cannot be read': service({
    ...base,
    handle: () =>
      toss(
        Object.defineProperty(new Error('x'), 'message', {
          get: () => toss(new Error('secret')),
        }),
      ),
  }),
  'throws an error with more on it': service({
    ...base,
    handle: () => toss(Object.assign(new Error('secret'), { status: 418, headers: { 'X-Secret': 'secret' } })),
  }),
  'runs out of stack': service({
    ...base,
    handle: function again(): never {
      return again()
    },
  }),
  'fails in a hook before it': service({ ...base, before: () => toss(new Error('secret')), handle: () => {} }),
  'fails in a hook after it': service({ ...base, after: () => toss(new Error('secret')), handle: () => {} }),
  'cannot be provided with what it uses': service({ ...base, use: { broken }, handle: () => {} }),
  'returns what JSON cannot carry': service({ ...base, output: z.unknown(), handle: () => circle }),
  'returns later what JSON cannot carry': service({ ...base, output: z.unknown(), handle: async () => ({ big: 1n }) }),
  'sets a status that does not exist': service({
    ...base,
    handle: ({ http }) => {
      if (http) http.status = 1000
    },
  }),
  'sets a header that does not exist': service({ ...base, handle: ({ http }) => http?.setHeader('X Y', 'secret') }),
  'sets the length of its reply': service({ ...base, handle: ({ http }) => http?.setHeader('Content-Length', '3') }),
  'raises a problem with headers that cannot be sent': service({
    ...base,
    handle: () => toss(problem('conflict', 'secret', { headers: { 'X-A': 'secret\r\n' } })),
  }),
  'raises a problem with a status that is no error': service({
    ...base,
    handle: async () => toss(new Problem({ code: 'own', status: 200, title: 'secret' })),
  }),
  'raises a problem with findings that JSON cannot carry': service({
    ...base,
    handle: () =>
      toss(new Problem({ code: 'own', status: 400, title: 'secret' }, undefined, { findings: [circle as never] })),
  }),
}

suite('a client learns nothing but the cid, and the log has the rest under it, when a service', () => {
  for (const [what, made] of Object.entries(failing)) {
    test(what, async () => {
      const alive = service({ name: 'alive', output: z.string(), on: get('/alive'), handle: () => 'yes' })
      await using served = await serve([made, alive])
      const reply = await ask(served.port, 'GET /x', { 'X-Correlation-ID': 'the-cid' })
      assert.equal(reply.status, 500)
      assert.deepEqual(jsonOf(reply), {
        type: '/docs/errors/internal_error',
        title: 'Internal error',
        status: 500,
        code: 'internal_error',
        cid: 'the-cid',
      })
      assert.deepEqual(reply.fields.map(([name]) => name.toLowerCase()).sort(), [
        'connection',
        'content-length',
        'content-type',
        'date',
        'keep-alive',
        'x-correlation-id',
      ])
      assert.ok(!JSON.stringify(reply.fields).includes('secret'))
      assert.ok(served.errors().length > 0)
      assert.ok(served.errors().every(({ fields }) => fields.cid === 'the-cid'))
      assert.equal((await ask(served.port, 'GET /alive')).status, 200)
    })
  }
})

test('the log has the error itself, with the name of the service', async () => {
  const cause = new Error('the reason')
  await using served = await serve([service({ ...base, name: 'shop.buy', handle: () => toss(cause) })])
  await ask(served.port, 'GET /x', { 'X-Correlation-ID': 'the-cid' })
  assert.deepEqual(served.errors(), [
    {
      level: 'error',
      message: 'shop.buy failed: the reason',
      fields: { cid: 'the-cid', service: 'shop.buy', err: cause },
    },
  ])
})

test('in development the client is told the reason', async () => {
  await using served = await serve([service({ ...base, handle: () => toss(new Error('the reason')) })], {
    development: true,
  })
  assert.match(String(jsonOf(await ask(served.port, 'GET /x')).detail), /^Error: the reason\n {4}at /)
})

test('a problem that a service raises is sent as it is, and logged only when it is the fault of the server', async () => {
  const raise = service({
    name: 'raise',
    input: z.object({ code: z.enum(['conflict', 'unavailable']) }),
    on: post('/raise'),
    handle: ({ input }) => toss(problem(input.code, 'Told', { headers: { 'Retry-After': '7' } })),
  })
  await using served = await serve([raise])
  const conflict = await askJson(served.port, 'POST /raise', { code: 'conflict' })
  assert.deepEqual([conflict.status, jsonOf(conflict).detail, headerOf(conflict, 'retry-after')], [409, 'Told', '7'])
  assert.deepEqual(served.errors(), [])
  assert.equal((await askJson(served.port, 'POST /raise', { code: 'unavailable' })).status, 503)
  assert.equal(served.errors().length, 1)
})
