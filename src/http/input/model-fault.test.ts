import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { createKernel } from '../../kernel/kernel.ts'
import { service } from '../../kernel/service.ts'
import { StartupError } from '../../kernel/startup-error.ts'
import { createRest } from '../rest.ts'
import { del, get, post, type RestChannel } from '../rest-channel.ts'

const two = z.object({ a: z.string().optional(), b: z.string().optional() })

function reasons(on: RestChannel, input: z.ZodType | undefined, output?: z.ZodType): readonly string[] {
  const declared = { name: 'svc', on: on as RestChannel<never>, ...(input && { input }), ...(output && { output }) }
  const kernel = createKernel({
    services: [service({ ...declared, handle: (): never => assert.fail('never called') })],
  })
  try {
    createRest({ kernel })
  } catch (error) {
    assert.ok(error instanceof StartupError)
    return error.reasons
  }
  return []
}

suite('a channel that cannot carry the models of its service is refused', () => {
  test('for an input that is no object where there is no body', () => {
    for (const [channel, address] of [
      [get('/x'), 'GET /x'],
      [del('/x'), 'DELETE /x'],
    ] as const) {
      assert.deepEqual(reasons(channel, z.array(z.int())), [
        `${address} (svc) has no body, but its input is no object, and so can only be a body: use post`,
      ])
    }
    assert.deepEqual(reasons(post('/x'), z.array(z.int())), [])
  })
  test('for two members that come from one place', () => {
    const a = { in: 'header', name: 'X-Key' } as const
    assert.deepEqual(reasons(get('/x', { in: { a, b: a } }), two), [
      "GET /x (svc) takes both 'a' and 'b' from the header 'x-key': give one another name",
    ])
  })
  test('for a body on GET', () => {
    assert.deepEqual(reasons(get('/x', { in: { a: 'body' } }), two), [
      "GET /x (svc) takes 'a' from the body, which GET does not have: place it elsewhere",
    ])
  })
  test('for a status without a body where there is something to send', () => {
    const reason = 'GET /x (svc) answers 204, which has no body, but there is something to send: change the status'
    assert.deepEqual(reasons(get('/x', { status: 204 }), undefined, two), [reason])
    assert.deepEqual(reasons(get('/x', { status: 204, envelope: 'meta' }), undefined), [reason])
    assert.deepEqual(reasons(get('/x', { status: 204 }), undefined), [])
  })
})
