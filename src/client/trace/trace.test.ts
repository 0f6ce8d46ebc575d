import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { outgoing } from '../../../test/client/sending.ts'
import { traceOf } from '../../kernel/trace.ts'
import { type TraceSource, traceLayer } from './trace.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const traceparent = `00-${traceId}-b7ad6b7169203331-01`

async function sent(source: TraceSource, headers: Readonly<Record<string, string>> = {}) {
  let seen: Record<string, string> = {}
  const request = outgoing('https://api.example.com', { headers })
  await traceLayer(source)(request, async (each) => {
    seen = Object.fromEntries(each.headers)
    return new Response()
  })
  assert.deepEqual(Object.fromEntries(request.headers), headers)
  return seen
}

suite('trace', () => {
  test('passes on the correlation id and the trace, with a span of its own for each request', async () => {
    const source = () => ({ cid: 'abc', traceparent, tracestate: 'a=1,b=2' })
    const [first, second] = [await sent(source), await sent(source)]
    assert.match(first.traceparent ?? '', new RegExp(`^00-${traceId}-[\\da-f]{16}-01$`))
    assert.notEqual(first.traceparent, traceparent)
    assert.notEqual(first.traceparent, second.traceparent)
    assert.deepEqual([first['x-correlation-id'], first.tracestate], ['abc', 'a=1,b=2'])
  })
  test('takes the call of a service', async () => {
    const call = { cid: 'abc', trace: traceOf(traceparent, 'a=1', 'abc') }
    const headers = await sent(call)
    assert.equal(headers.traceparent?.slice(3, 35), traceId)
    assert.deepEqual([headers['x-correlation-id'], headers.tracestate], ['abc', 'a=1'])
    assert.deepEqual(await sent({ cid: 'only' }), { 'x-correlation-id': 'only' })
  })
  test('leaves headers of the request as they are', async () => {
    const own = { 'x-correlation-id': 'mine', traceparent: 'own', tracestate: 'o=1' }
    assert.deepEqual(await sent(() => ({ cid: 'abc', traceparent, tracestate: 'a=1' }), own), own)
    const state = await sent(() => ({ traceparent, tracestate: 'a=1' }), { traceparent: 'own' })
    assert.deepEqual(state, { traceparent: 'own' }, 'a state belongs to its trace')
  })
  test('leaves out what is not there, and what could not be a header', async () => {
    assert.deepEqual(await sent(() => undefined), {})
    assert.deepEqual(await sent(() => ({ cid: 'a\r\nb', traceparent: 'nonsense', tracestate: 'a=1' })), {})
    assert.deepEqual(await sent(() => ({ cid: '', tracestate: 'a=1' })), {})
  })
})
