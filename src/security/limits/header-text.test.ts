import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { headerString, seconds } from './header-text.ts'

describe('texts of headers', () => {
  test('are strings as RFC 9651 has them', () => {
    assert.equal(headerString('role-admin'), '"role-admin"')
    assert.equal(headerString('say "a\\b"'), '"say \\"a\\\\b\\""')
    assert.equal(headerString('Größe\r\nX: y'), '"Gr??e??X: y"')
  })

  test('tell seconds in whole numbers, and never too few', () => {
    assert.deepEqual([0, 1, 1000, 1001].map(seconds), [0, 1, 1, 2])
  })
})
