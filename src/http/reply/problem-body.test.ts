import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Problem, problem } from '../../kernel/problem.ts'
import { problemBody } from './problem-body.ts'

suite('the body of a problem', () => {
  test('has type, title, status, code and cid', () => {
    assert.deepEqual(problemBody(problem('not_found'), 'abc', false), {
      type: '/docs/errors/not_found',
      title: 'Not found',
      status: 404,
      code: 'not_found',
      cid: 'abc',
    })
  })
  test('has detail and errors where the problem has them', () => {
    const findings = [{ in: 'body', path: '/a', code: 'missing', message: 'is required' }] as const
    const { detail, errors } = problemBody(problem('invalid_input', 'Mend it', { findings }), 'abc', false)
    assert.deepEqual([detail, errors], ['Mend it', findings])
  })
  test('tells the first thousand of more findings, and how many there are', () => {
    const finding = { in: 'body', path: '/a', code: 'missing', message: 'is required' } as const
    const findings = Array.from({ length: 1001 }, () => finding)
    const { detail, errors } = problemBody(problem('invalid_input', undefined, { findings }), 'abc', false)
    assert.equal(detail, 'These are the first 1000 of 1001 findings')
    assert.equal(errors?.length, 1000)
  })
  test('of a kind of your own has no page', () => {
    const own = new Problem({ code: 'out_of_stock', status: 409, title: 'Out of stock' })
    assert.equal(problemBody(own, 'abc', false).type, 'about:blank')
    const inherited = new Problem({ code: 'constructor', status: 409, title: 'Odd' })
    assert.equal(problemBody(inherited, 'abc', false).type, 'about:blank')
  })
  test('tells nothing of what brought an internal error about', () => {
    const body = JSON.stringify(
      problemBody(problem('internal_error', undefined, { cause: new Error('secret') }), 'abc', false),
    )
    assert.ok(!/secret|stack|at /.test(body))
  })
  test('tells it in development', () => {
    const bodyOf = (cause: unknown) => problemBody(problem('internal_error', undefined, { cause }), 'abc', true).detail
    assert.match(bodyOf(new Error('the cause')) ?? '', /^Error: the cause\n {4}at /)
    assert.equal(bodyOf('a text'), 'a text')
    assert.equal(bodyOf(undefined), undefined)
    assert.equal(problemBody(problem('conflict', undefined, { cause: new Error('x') }), 'abc', true).detail, undefined)
  })
})
