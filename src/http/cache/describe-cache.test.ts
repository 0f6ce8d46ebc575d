import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { createKernel } from '../../kernel/kernel.ts'
import type { Operation } from '../../kernel/operation.ts'
import { service } from '../../kernel/service.ts'
import { describeRest } from '../describe/describe.ts'
import { get, put, type RestDefaults } from '../rest-channel.ts'

const output = z.object({ a: z.int() })
const handle = () => ({ a: 1 })

function operations(read: RestDefaults, update: RestDefaults = {}): readonly Operation[] {
  const services = [
    service({ name: 'read', output, on: get('/x', read), handle }),
    service({ name: 'write', output, on: put('/x', update), handle }),
  ]
  return describeRest(createKernel({ services }).services)
}

const headerNames = ({ reply }: Operation) => reply.headers.map((each) => (typeof each === 'string' ? each : each.name))
const codes = ({ problems }: Operation) =>
  problems.flatMap((each) => each.codes.filter((code) => code.startsWith('precondition')))
const parameters = (operation: Operation) => operation.parameters.map(({ name }) => name)

suite('the description', () => {
  test('says nothing of caches and conditions where there are none', () => {
    for (const each of operations({})) {
      assert.deepEqual([headerNames(each), codes(each), each.furtherReplies], [['X-Correlation-ID'], [], undefined])
    }
  })
  test('tells of headers, 304 and 412 of a read', () => {
    const [read] = operations({ cacheControl: { maxAge: 60 }, cache: { ttl: 60 } })
    assert.ok(read)
    assert.deepEqual(headerNames(read), ['X-Correlation-ID', 'ETag', 'Cache-Control', 'X-Cache', 'Age'])
    assert.deepEqual(parameters(read), ['If-None-Match'])
    assert.deepEqual(
      read.furtherReplies?.map(({ status, body }) => [status, body]),
      [[304, undefined]],
    )
    assert.deepEqual(codes(read), ['precondition_failed'])
  })
  test('tells of 412 and 428 of an update, and of the tag of the read beside it', () => {
    const [read, write] = operations({}, { ifMatch: 'required' })
    assert.ok(read && write)
    assert.deepEqual(headerNames(read), ['X-Correlation-ID', 'ETag'])
    assert.deepEqual(parameters(write), ['If-Match', 'If-None-Match'])
    assert.deepEqual(codes(write), ['precondition_failed', 'precondition_required'])
    const [, optional] = operations({}, { ifMatch: 'optional' })
    assert.ok(optional)
    assert.deepEqual(codes(optional), ['precondition_failed'])
  })
})
