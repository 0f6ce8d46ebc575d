import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import type { Channel } from '../../kernel/channel.ts'
import { createKernel } from '../../kernel/kernel.ts'
import type { Operation } from '../../kernel/operation.ts'
import { service } from '../../kernel/service.ts'
import { describeRest } from '../describe/describe.ts'
import { del, get, put, type RestDefaults } from '../rest-channel.ts'

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
  test('tells of 412 of an update whose read has a tag anyway, unless that is switched off', () => {
    for (const read of [{ etag: true }, { cacheControl: 'no-cache' }] as const) {
      const [, write] = operations(read)
      assert.ok(write)
      assert.deepEqual([parameters(write), codes(write)], [['If-Match', 'If-None-Match'], ['precondition_failed']])
    }
    for (const [read, update] of [
      [{ etag: true }, { ifMatch: false }],
      [{ etag: false }, {}],
    ] as const) {
      const [, write] = operations(read, update)
      assert.ok(write)
      assert.deepEqual([parameters(write), codes(write)], [[], []])
    }
  })
  test('tells of what the read behind a condition may raise', () => {
    const read = service({ name: 'read', output, throws: ['not_found'], on: get('/x', { etag: true }), handle })
    const statusesOf = (on: Channel<never>): readonly number[] => {
      const write = service({ name: 'write', output, on, handle })
      const [, operation] = describeRest(createKernel({ services: [read, write] }).services)
      return operation?.problems.map(({ status }) => status) ?? []
    }
    assert.deepEqual(
      [statusesOf(del('/x')), statusesOf(put('/x'))],
      [
        [404, 406, 412, 500],
        [406, 412, 500],
      ],
    )
  })
})
