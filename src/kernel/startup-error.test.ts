import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StartupError } from './startup-error.ts'

test('one reason is the message', () => {
  const error = new StartupError(['GET /a is declared twice: remove one'])
  assert.equal(error.name, 'StartupError')
  assert.equal(error.message, 'GET /a is declared twice: remove one')
  assert.deepEqual(error.reasons, ['GET /a is declared twice: remove one'])
})

test('several reasons are a list, a line each', () => {
  const error = new StartupError(['one', 'two'])
  assert.equal(error.message, 'the app cannot start:\n  - one\n  - two')
  assert.deepEqual(error.reasons, ['one', 'two'])
})
