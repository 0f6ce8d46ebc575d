import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { problemIn } from './problem.ts'

suite('the problem in a body', () => {
  test('is what the standard says, with all its members', () => {
    const problem = { type: 'about:blank', title: 'Gone', status: 410, detail: 'No 7', code: 'gone', cid: 'c', more: 1 }
    assert.deepEqual(problemIn({ ...problem, errors: [{ in: 'body' }] }), { ...problem, errors: [{ in: 'body' }] })
  })
  const said: readonly [body: unknown, detail: string | undefined][] = [
    [{ error: 'No employee 7' }, 'No employee 7'],
    [{ message: 'No employee 7' }, 'No employee 7'],
    [{ detail: 'No employee 7' }, 'No employee 7'],
    [{ error: { message: 'No employee 7' } }, 'No employee 7'],
    [{ error: 'invalid_grant', error_description: 'Expired' }, 'invalid_grant'],
    [{ detail: [{ msg: 'Field required' }] }, undefined],
    [{ meta: { cid: 'c' }, data: { detail: 'No employee 7' } }, 'No employee 7'],
  ]
  for (const [body, detail] of said) {
    test(`tells its detail in ${JSON.stringify(body)}`, () => assert.equal(problemIn(body)?.detail, detail))
  }
  test('has a list of errors, and the cid, wherever they are', () => {
    assert.deepEqual(problemIn({ detail: [{ msg: 'x' }] })?.errors, [{ msg: 'x' }])
    assert.equal(problemIn({ meta: { cid: 'c' } })?.cid, 'c')
  })
  test('leaves out members of another type', () => {
    assert.deepEqual(problemIn({ title: 1, detail: {}, code: null, status: 400 }), { status: 400 })
  })
  test('is none in what is no object', () => {
    for (const body of [null, [], 'text', 1]) assert.equal(problemIn(body), undefined)
  })
})
