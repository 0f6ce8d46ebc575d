import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Problem, type ProblemOptions, problem } from '../../kernel/problem.ts'
import { errorRenderer } from './error-renderer.ts'

const request = { method: 'GET', path: '/a', cid: 'abc', type: undefined }
const bodyOf = (reason: Problem, development = false): Record<string, unknown> =>
  JSON.parse(errorRenderer({}, { development })(reason, request).body)

suite('the body of a problem', () => {
  test('has type, title, status, code and cid', () => {
    assert.deepEqual(bodyOf(problem('not_found')), {
      type: '/docs/errors/not_found',
      title: 'Not found',
      status: 404,
      code: 'not_found',
      cid: 'abc',
    })
  })
  test('has detail and errors where the problem has them', () => {
    const findings = [{ in: 'body', path: '/a', code: 'missing', message: 'is required' }] as const
    const { detail, errors } = bodyOf(problem('invalid_input', 'Mend it', { findings }))
    assert.deepEqual([detail, errors], ['Mend it', findings])
  })
  test('tells the first thousand of more findings, and how many there are', () => {
    const finding = { in: 'body', path: '/a', code: 'missing', message: 'is required' } as const
    const findings = Array.from({ length: 1001 }, () => finding)
    const { detail, errors } = bodyOf(problem('invalid_input', undefined, { findings }))
    assert.equal(detail, 'These are the first 1000 of 1001 findings')
    assert.equal((errors as unknown[]).length, 1000)
  })
  test('of a kind that no service names has no page', () => {
    for (const code of ['out_of_stock', 'constructor']) {
      assert.equal(bodyOf(new Problem({ code, status: 409, title: 'Odd' })).type, 'about:blank')
    }
  })
  test('has its page behind the prefix that a proxy took away', () => {
    const { body } = errorRenderer({})(problem('conflict'), { ...request, prefix: '/shop' })
    assert.equal(JSON.parse(body).type, '/shop/docs/errors/conflict')
  })
  const failed = (cause: unknown, options: ProblemOptions = {}): Problem =>
    problem('internal_error', undefined, { ...options, cause })
  test('tells nothing of what brought an internal error about', () => {
    assert.doesNotMatch(JSON.stringify(bodyOf(failed(new Error('secret')))), /secret|stack|at /)
  })
  test('tells it in development', () => {
    assert.match(String(bodyOf(failed(new Error('the cause')), true).detail), /^Error: the cause\n {4}at /)
    assert.equal(bodyOf(failed('a text'), true).detail, 'a text')
    assert.equal(bodyOf(failed(undefined), true).detail, undefined)
    assert.equal(bodyOf(problem('conflict', undefined, { cause: new Error('x') }), true).detail, undefined)
  })
})

test('a code that objects inherit has no text', () => {
  const odd = new Problem({ code: 'toString', status: 409, title: 'Odd' })
  assert.equal(errorRenderer({ errors: { shape: 'simple', texts: {} } })(odd, request).body, '{"error":"Odd"}')
})

test('a body that a shape leaves out is empty', () => {
  assert.equal(errorRenderer({ errors: () => undefined })(problem('conflict'), request).body, '')
})
