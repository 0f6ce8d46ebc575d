import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { sentValue } from './sent-value.ts'

suite('a value as JSON would have it', () => {
  test('is what its toJSON says, asked once', () => {
    const own = { toJSON: () => own }
    assert.equal(sentValue(own), own)
    assert.equal(sentValue(new Date(0)), '1970-01-01T00:00:00.000Z')
    assert.equal(sentValue({ toJSON: () => Number.NaN }), null)
  })
  test('is nothing where JSON leaves it out', () => {
    for (const value of [undefined, () => {}, Symbol('x')]) assert.equal(sentValue(value), undefined)
  })
  test('is no bigint', () => assert.throws(() => sentValue(1n), TypeError))
})
