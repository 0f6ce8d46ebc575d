import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPreferences } from './preferences.ts'

const read = (header: string): Record<string, string> => Object.fromEntries(readPreferences(header))

test('preferences are read by name, with or without values', () => {
  assert.deepEqual(read('respond-async, wait=10'), { 'respond-async': '', wait: '10' })
  assert.deepEqual(read('Return = minimal'), { return: 'minimal' })
  assert.deepEqual(read('a="x, \\"y\\"; z=1", b'), { a: 'x, "y"; z=1', b: '' })
})
test('the first of one name counts, and parameters are read over', () => {
  assert.deepEqual(read('return=minimal, return=representation'), { return: 'minimal' })
  assert.deepEqual(read('foo; bar="a,b"; c, return=minimal; x=1'), { foo: '', return: 'minimal' })
})
test('what is no preference is none', () => {
  assert.deepEqual(read(''), {})
  assert.deepEqual(read(', ,'), {})
  assert.deepEqual(read('='), {})
})
