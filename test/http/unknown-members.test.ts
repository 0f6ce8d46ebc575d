import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { get, post } from '../../src/http/rest-channel.ts'
import { service } from '../../src/kernel/service.ts'
import { createApp } from '../../src/platform/app.ts'
import type { UnknownPolicy } from '../../src/schema/input-model.ts'

/** What a service sees of a body and a query with undeclared members, or what it is refused for. */
async function seen(app: UnknownPolicy | undefined, own: UnknownPolicy | undefined, path: string): Promise<unknown> {
  const echo = service({
    name: 'echo',
    input: z.object({ id: z.int(), deep: z.object({ a: z.int() }).optional() }),
    output: z.unknown(),
    ...(own !== undefined && { unknown: own }),
    on: [get('/echo'), post('/echo')],
    handle: ({ input }) => input,
  })
  await using made = createApp({ services: [echo], log: 'silent', ...(app !== undefined && { unknown: app }) })
  const [method = '', target = '', body] = path.split(' ')
  const reply = await made.fetch(
    new Request(`http://test${target}`, {
      method,
      ...(body !== undefined && { body, headers: { 'Content-Type': 'application/json' } }),
    }),
  )
  const content = (await reply.json()) as Record<string, unknown>
  if (reply.status === 200) return content
  const errors = content.errors as { in: string; path: string; code: string }[]
  return errors.map((each) => `${each.in} ${each.path} ${each.code}`).sort()
}

suite('members that an input does not declare', () => {
  const query = 'GET /echo?id=1&x=2'
  const body = 'POST /echo?q=3 {"id":1,"x":2,"deep":{"a":1,"b":2}}'

  test('are dropped by default', async () => {
    assert.deepEqual(await seen(undefined, undefined, query), { id: 1 })
    assert.deepEqual(await seen(undefined, undefined, body), { id: 1, deep: { a: 1 } })
  })
  test('are refused where the app says strict, each with its place', async () => {
    assert.deepEqual(await seen('strict', undefined, query), ['query /x unrecognized_key'])
    assert.deepEqual(await seen('strict', undefined, body), [
      'body /deep/b unrecognized_key',
      'body /x unrecognized_key',
      'query /q unrecognized_key',
    ])
  })
  test('are handed on where the app says pass', async () => {
    assert.deepEqual(await seen('pass', undefined, query), { id: 1, x: '2' })
    assert.deepEqual(await seen('pass', undefined, body), { id: 1, x: 2, q: '3', deep: { a: 1, b: 2 } })
  })
  test('are treated as the service says, whatever the app says', async () => {
    assert.deepEqual(await seen('strict', 'strip', query), { id: 1 })
    assert.deepEqual(await seen('pass', 'strict', query), ['query /x unrecognized_key'])
    assert.deepEqual(await seen('strict', 'pass', body), { id: 1, x: 2, q: '3', deep: { a: 1, b: 2 } })
  })
  test('do not reach a prototype under any policy', async () => {
    for (const policy of ['strip', 'strict', 'pass'] as const) {
      const polluting = 'POST /echo?__proto__=1 {"id":1,"__proto__":{"polluted":1}}'
      assert.deepEqual(await seen(policy, undefined, polluting), { id: 1 })
      assert.equal(Reflect.get({}, 'polluted'), undefined)
    }
  })
})
