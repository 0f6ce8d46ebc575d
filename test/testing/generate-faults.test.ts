import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readOpenApi } from '../../src/openapi/read/read-open-api.ts'
import type { CheckName } from '../../src/testing/generate/check-name.ts'
import { generateTests } from '../../src/testing/generate/generate-tests.ts'
import type { GenerateResult } from '../../src/testing/generate/result.ts'
import { type Flaw, shop, shopDocument, shopToken } from './shop.ts'

const api = readOpenApi(shopDocument)

function tested(...flaws: readonly Flaw[]): Promise<GenerateResult> {
  const settings = { seed: 7, examples: 25, own: true, timeout: 500, credentials: { token: shopToken } }
  return generateTests({ api, send: shop(...flaws), settings })
}

function names({ faults }: GenerateResult): readonly string[] {
  return faults.map(({ operation, check, status }) => `${operation} ${check} ${status}`)
}

/** The fault that shows each flaw; others may follow from it. */
const shows: readonly (readonly [Flaw, CheckName, string])[] = [
  ['fails on a high price', 'server_error', 'POST /things'],
  ['never answers', 'server_error', 'GET /things'],
  ['answers a status that is not documented', 'status_documented', 'POST /things'],
  ['sends a secret member', 'undeclared_member', 'GET /things/{id}'],
  ['asks nobody for the token', 'authentication_enforced', 'GET /account'],
  ['takes any token', 'authentication_enforced', 'GET /account'],
  ['forgets what PUT sends', 'lost_update', 'GET /things/{id}'],
  ['forgets one member of PATCH', 'lost_update', 'GET /things/{id}'],
  ['gives every thing the same id', 'lost_update', 'POST /things'],
  ['has an Allow without PUT', 'allow_true', 'GET /things/{id}'],
  ['has an Allow with POST', 'allow_true', 'GET /things/{id}'],
  ['has no Allow', 'allow_true', 'GET /things/{id}'],
  ['takes bad input', 'bad_input_refused', 'POST /things'],
  ['takes a malformed body', 'malformed_refused', 'POST /things'],
  ['refuses the highest limit', 'good_input_accepted', 'GET /things'],
  ['sends HTML', 'content_type_documented', 'GET /things'],
  ['sends the price as a text', 'body_matches', 'GET /things/{id}'],
  ['sends no Location', 'headers_match', 'POST /things'],
  ['refuses HEAD', 'head_matches_get', 'GET /things'],
  ['ignores If-None-Match', 'conditional', 'GET /things/{id}'],
  ['ignores If-Match', 'conditional', 'PUT /things/{id}'],
  ['compares what was there before the body', 'conditional', 'PUT /things/{id}'],
  ['deletes with an old ETag', 'conditional', 'DELETE /things/{id}'],
  ['lists what was deleted', 'use_after_delete', 'GET /things'],
  ['shows what was deleted', 'use_after_delete', 'GET /things/{id}'],
  ['does not keep what is new', 'created_is_readable', 'GET /things/{id}'],
  ['adds a thing with every PUT', 'idempotent', 'GET /things'],
  ['changes the price when it is read', 'safe', 'GET /things/{id}'],
  ['says another status in a problem', 'problem_shape', 'GET /things'],
  ['answers a method without a word', 'method_not_allowed', 'GET /things/{id}'],
]

suite('generated tests of a shop', () => {
  test('find nothing where nothing is wrong', async () => {
    const result = await tested()
    assert.deepEqual(names(result), [])
    assert.deepEqual([result.ok, result.notes], [true, []])
  })

  for (const [flaw, check, operation] of shows) {
    test(`find that it ${flaw}`, async () => {
      const result = await tested(flaw)
      const fault = result.faults.find((each) => each.check === check && each.operation === operation)
      assert.ok(fault, `found ${names(result).join(', ') || 'nothing'}`)
      assert.equal(result.ok, false)
      assert.ok(fault.steps.length > 0 && fault.message.length > 10)
    })
  }
})
