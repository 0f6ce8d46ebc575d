import assert from 'node:assert/strict'
import { test } from 'node:test'
import { difference, shown } from './difference.ts'

const told = (expected: unknown, found: unknown): string =>
  difference(expected, found)
    .map(({ sign, text }) => `${sign}${text}`)
    .join('\n')

test('says nothing where two values on one line say it all', () => {
  assert.equal(told('a', 'b'), '')
  assert.equal(told(1, undefined), '')
})

test('shows what is missing, what is too much, and what is near', () => {
  assert.equal(told({ a: 1, b: 2 }, { b: 2, c: 3 }), ' {\n-  "a": 1,\n-  "b": 2\n+  "b": 2,\n+  "c": 3\n }')
})

test('takes the order of members for no difference, and that of items for one', () => {
  assert.equal(told({ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }), '')
  assert.notEqual(told([1, 2], [2, 1]), '')
})

test('leaves out lines far from a difference', () => {
  const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`)
  const other = lines.with(15, 'changed')
  assert.equal(
    told(lines.join('\n'), other.join('\n')),
    ' ...\n line 12\n line 13\n line 14\n-line 15\n+changed\n line 16\n line 17\n line 18\n ...',
  )
})

test('gives up on values that nobody could read', () => {
  const long = Array.from({ length: 3000 }, (_, index) => index)
  assert.equal(told(long, []), '')
})

test('shows a value on one line, with members by name', () => {
  assert.equal(shown({ b: 1, a: [undefined, null] }), '{"a":[null,null],"b":1}')
  assert.equal(shown(undefined), 'nothing')
  assert.equal(shown('1'), '"1"')
})
