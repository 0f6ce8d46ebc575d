import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { rateFault, readRate } from './rate.ts'

describe('a rate', () => {
  const day = 86_400_000
  const readable: readonly (readonly [string, string, number])[] = [
    ['100/minute', '100 per 1 minute', 60_000],
    ['100/m', '100 per 1 minute', 60_000],
    ['100 per 1 minute', '100 per 1 minute', 60_000],
    ['10 per 5 seconds', '10 per 5 seconds', 5000],
    ['10/5s', '10 per 5 seconds', 5000],
    ['1000/hour', '1000 per 1 hour', 3_600_000],
    ['5/s', '5 per 1 second', 1000],
    ['5 per sec', '5 per 1 second', 1000],
    ['20/day', '20 per 1 day', day],
    ['20 PER 2 Weeks', '20 per 2 weeks', 14 * day],
    ['5000/month', '5000 per 1 month', 30 * day],
  ]
  for (const [text, words, window] of readable) {
    test(`${text} is ${words}`, () => {
      const read = readRate(text)
      assert.deepEqual([read?.words, read?.window], [words, window])
      assert.equal(rateFault(text, []), undefined)
    })
  }

  for (const text of [
    '',
    '100',
    'minute',
    '100/fortnight',
    '-1/minute',
    '1.5/minute',
    '0/minute',
    '10/0 seconds',
    '1e3/s',
    '10/minute/hour',
    '99999999999/s',
    '10/constructor',
  ]) {
    test(`'${text}' is none`, () => assert.equal(readRate(text), undefined))
  }

  test('that cannot be read is told with one that can', () => {
    assert.equal(
      rateFault('10/fortnight', ['unlimited']),
      "has the rate '10/fortnight', which cannot be read: write one such as '100/minute', '10 per 5 seconds' or 'unlimited'",
    )
    assert.equal(
      rateFault('0/minute', ['unlimited', 'disallowed']),
      "has the rate '0/minute', which lets nobody call: write 'disallowed' in a rule if that is meant",
    )
    assert.equal(rateFault('unlimited', ['unlimited']), undefined)
  })
})
