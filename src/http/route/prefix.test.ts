import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joinPrefix, prefixed } from './prefix.ts'

test('a path stands behind its prefix, with one slash between them', () => {
  assert.equal(prefixed('/api', '/users'), '/api/users')
  assert.equal(prefixed('/api/', '/users/'), '/api/users/')
  assert.equal(prefixed('/api', '/'), '/api')
  assert.equal(prefixed('/', '/'), '/')
  assert.equal(prefixed('', '/users'), '/users')
  assert.equal(prefixed(undefined, '/users'), '/users')
  assert.equal(prefixed(false, '/users'), '/users')
})

test('a path that is none stays what it is, so that start-up refuses it', () =>
  assert.equal(prefixed('/api', 'x'), 'x'))

test('prefixes join, until a layer leaves out those outside it', () => {
  assert.equal(joinPrefix('/a', '/b'), '/a/b')
  assert.equal(joinPrefix('/a', false), false)
  assert.equal(joinPrefix(false, '/b'), '/b')
})
