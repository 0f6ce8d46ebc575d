import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { get } from '../../src/http/rest-channel.ts'
import { service } from '../../src/kernel/service.ts'
import { ask, jsonOf } from './raw-connection.ts'
import { serve } from './served.ts'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const sent = { traceparent: `00-${traceId}-00f067aa0ba902b7-01`, tracestate: 'vendor=a' }
const Headers = z.record(z.string(), z.string())

const inner = service({ name: 'inner', output: Headers, handle: ({ trace }) => trace.headers() })
const outer = service({
  name: 'outer',
  output: z.object({ own: Headers, inner: Headers }),
  on: get('/trace'),
  handle: async ({ trace, invoke, log }) => {
    log.info('on its way')
    return { own: trace.headers(), inner: await invoke(inner) }
  },
})

test('the trace of a request is handed on by the call and all that it invokes, and named in its log', async () => {
  await using served = await serve([outer, inner])
  const { own, inner: invoked } = jsonOf(await ask(served.port, 'GET /trace', sent)) as Record<
    string,
    Record<string, string>
  >
  assert.match(own?.traceparent ?? '', new RegExp(`^00-${traceId}-(?!00f067aa0ba902b7)[\\da-f]{16}-01$`))
  assert.equal(own?.tracestate, 'vendor=a')
  assert.deepEqual(invoked, own)
  assert.equal(served.log[0]?.fields.trace_id, traceId)
})

test('a trace that begins here has the id of the call, and the log does not say it twice', async () => {
  await using served = await serve([outer, inner])
  const cid = 'a'.repeat(32)
  const { own } = jsonOf(await ask(served.port, 'GET /trace', { 'X-Correlation-ID': cid })) as Record<
    string,
    Record<string, string>
  >
  assert.match(own?.traceparent ?? '', new RegExp(`^00-${cid}-`))
  assert.equal(Object.hasOwn(served.log[0]?.fields ?? {}, 'trace_id'), false)
})

test('two headers are none', async () => {
  await using served = await serve([outer, inner])
  const request = new Request('http://test/trace', {
    headers: [
      ['traceparent', sent.traceparent],
      ['traceparent', sent.traceparent],
    ],
  })
  const { own } = (await (await served.fetch(request)).json()) as Record<string, Record<string, string>>
  assert.equal(own?.traceparent?.includes(traceId), false)
})
