import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { sentTraceId, traceOf } from './trace.ts'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const parentId = '00f067aa0ba902b7'
const sent = `00-${traceId}-${parentId}-01`

suite('a trace', () => {
  test('is taken up from traceparent, with a span of its own', () => {
    const trace = traceOf(sent, 'vendor=a, other@system=b', 'cid')
    assert.equal(trace.traceId, traceId)
    assert.equal(trace.parentId, parentId)
    assert.equal(trace.sampled, true)
    assert.match(trace.spanId, /^[\da-f]{16}$/)
    assert.notEqual(trace.spanId, parentId)
    assert.deepEqual(trace.headers(), {
      traceparent: `00-${traceId}-${trace.spanId}-01`,
      tracestate: 'vendor=a,other@system=b',
    })
  })
  test('is taken up from a later version, as far as this one knows it', () => {
    assert.equal(traceOf(`cc-${traceId}-${parentId}-00-more`, undefined, 'cid').traceId, traceId)
    assert.equal(traceOf(`cc-${traceId}-${parentId}-02`, undefined, 'cid').sampled, false)
  })
  const malformed: readonly (string | string[] | undefined)[] = [
    undefined,
    '',
    `ff-${traceId}-${parentId}-01`,
    `00-${traceId}-${parentId}-01-more`,
    `00-${'0'.repeat(32)}-${parentId}-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    sent.toUpperCase(),
    ` ${sent}`,
    `${sent}, ${sent}`,
    [sent, sent],
    `00-${traceId.slice(1)}-${parentId}-01`,
  ]
  for (const header of malformed) {
    test(`begins anew for ${JSON.stringify(header)}`, () => {
      const trace = traceOf(header, 'vendor=a', 'a cid')
      assert.match(trace.traceId, /^[\da-f]{32}$/)
      assert.notEqual(trace.traceId, traceId)
      assert.deepEqual([trace.parentId, trace.sampled, trace.state], [undefined, false, ''])
      assert.deepEqual(trace.headers(), { traceparent: `00-${trace.traceId}-${trace.spanId}-00` })
      assert.equal(sentTraceId(header), undefined)
    })
  }
  test('that begins here has the id of the call, if that has the form', () => {
    assert.equal(traceOf(undefined, undefined, traceId).traceId, traceId)
    assert.notEqual(traceOf(undefined, undefined, '0'.repeat(32)).traceId, '0'.repeat(32))
  })
})

suite('tracestate', () => {
  const many = Array.from({ length: 33 }, (_, at) => `k${at}=v`)
  const rows: readonly (readonly [state: string | readonly string[], kept: string])[] = [
    ['a=1', 'a=1'],
    ['a=1 ,\tb=2,,', 'a=1,b=2'],
    [['a=1', 'b=2'], 'a=1,b=2'],
    ['a=1,a=2', ''],
    ['A=1', ''],
    ['a', ''],
    ['a=', ''],
    ['a=b=c', ''],
    [`a=${'x'.repeat(256)}`, `a=${'x'.repeat(256)}`],
    [`a=${'x'.repeat(257)}`, ''],
    ['a=\u00fc', ''],
    [many.slice(1).join(','), many.slice(1).join(',')],
    [many.join(','), ''],
  ]
  for (const [state, kept] of rows) {
    test(`${JSON.stringify(state).slice(0, 40)} is ${kept === '' ? 'dropped' : 'handed on'}`, () => {
      assert.equal(traceOf(sent, state, 'cid').state, kept)
    })
  }
})
