import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toPointer } from './finding.ts'

test('a path of keys and indexes becomes a JSON Pointer', () => {
  assert.equal(toPointer([]), '')
  assert.equal(toPointer(['a', 0, 'b']), '/a/0/b')
  assert.equal(toPointer(['']), '/')
})

test('slashes and tildes in keys are escaped', () => {
  assert.equal(toPointer(['a/b', '~', '~1']), '/a~1b/~0/~01')
})
