import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Finding } from '../schema/finding.ts'
import { catalogue, type ProblemCode } from './catalogue.ts'
import * as problems from './problem.ts'
import { defineProblem, isProblem, notFound, Problem, problem, type Raise } from './problem.ts'

const { badRequest, conflict, forbidden, tooManyRequests, unauthorized, unavailable } = problems

const finding: Finding = { in: 'body', path: '/name', code: 'missing', message: 'is missing' }

test('a problem of the catalogue has its code, status and title', () => {
  const made = problem('conflict', 'The number is taken')
  assert.ok(made instanceof Problem && made instanceof Error)
  assert.equal(made.name, 'Problem')
  assert.equal(made.code, 'conflict')
  assert.equal(made.status, 409)
  assert.equal(made.title, 'Conflict')
  assert.equal(made.detail, 'The number is taken')
  assert.equal(made.message, 'The number is taken')
})

test('without a detail the title is the message', () => {
  const made = problem('conflict')
  assert.equal(made.detail, undefined)
  assert.equal(made.message, 'Conflict')
})

test('findings, headers and cause are carried, and the cause is that of any Error', () => {
  const cause = new Error('duplicate key')
  const made = problem('conflict', undefined, { findings: [finding], headers: { 'Retry-After': '3' }, cause })
  assert.deepEqual(made.findings, [finding])
  assert.deepEqual(made.headers, { 'Retry-After': '3' })
  assert.equal(made.cause, cause)
  assert.equal('cause' in problem('conflict'), false)
})

test('a problem is one for every copy of the package', async () => {
  const copy: typeof problems = await import(`${import.meta.resolve('./problem.ts')}?copy`)
  assert.notEqual(copy.Problem, Problem)
  const foreign = copy.problem('not_found')
  assert.equal(foreign instanceof Problem, false)
  assert.equal(isProblem(foreign), true)
  assert.equal(copy.isProblem(problem('not_found')), true)
})

test('nothing else is a problem, whatever it looks like', () => {
  const lookalike = { code: 'not_found', status: 404, title: 'Not found' }
  for (const value of [new Error('x'), lookalike, 'not_found', undefined, null, 404]) {
    assert.equal(isProblem(value), false)
  }
})

test('the brand shows neither in JSON nor among the members', () => {
  const made = problem('not_found')
  assert.deepEqual(Object.getOwnPropertySymbols({ ...made }), [])
  assert.equal(JSON.stringify(made).includes('trestle'), false)
})

const raised: readonly (readonly [Raise, ProblemCode])[] = [
  [badRequest, 'bad_request'],
  [unauthorized, 'unauthorized'],
  [forbidden, 'forbidden'],
  [notFound, 'not_found'],
  [conflict, 'conflict'],
  [tooManyRequests, 'too_many_requests'],
  [unavailable, 'unavailable'],
]

for (const [raise, code] of raised) {
  test(`raising ${code} throws that problem, with its detail and options`, () => {
    assert.throws(
      () => raise('Why', { headers: { 'X-Why': 'because' } }),
      (thrown) => {
        assert.ok(isProblem(thrown))
        assert.deepEqual(
          { code: thrown.code, status: thrown.status, detail: thrown.detail, headers: thrown.headers },
          { code, status: catalogue[code].status, detail: 'Why', headers: { 'X-Why': 'because' } },
        )
        return true
      },
    )
  })
}

test('a raise function is an expression', () => {
  const find = (id: number): string | undefined => (id === 1 ? 'one' : undefined)
  const read = (id: number): string => find(id) ?? notFound(`No ${id}`)
  assert.equal(read(1), 'one')
  assert.throws(() => read(2), { code: 'not_found', detail: 'No 2' })
})

test('a problem of your own has the code, status and title that you gave', () => {
  const outOfStock = defineProblem({ code: 'out_of_stock', status: 409, title: 'Out of stock' })
  const expected = { code: 'out_of_stock', status: 409, title: 'Out of stock', detail: 'No nails left' }
  assert.throws(() => outOfStock('No nails left'), expected)
  assert.throws(() => outOfStock(), { code: 'out_of_stock', message: 'Out of stock', detail: undefined })
})
