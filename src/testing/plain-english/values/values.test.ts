import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { crockfordFault } from './base32-crockford.ts'
import { isAsExpected } from './expected-json.ts'
import { kindFault } from './kinds.ts'
import { listOf } from './list-text.ts'
import { randomFrom, seededFraction } from './random.ts'
import { canonical, isAsGiven, isEqual } from './same.ts'

suite('a list', () => {
  const lists: Readonly<Record<string, readonly string[]>> = {
    'a, b ,c': ['a', 'b', 'c'],
    '': [],
    '  ': [],
    'a,,b': ['a', '', 'b'],
    '"a, b", "say ""hi"""': ['a, b', 'say "hi"'],
    '1': ['1'],
  }
  for (const [text, items] of Object.entries(lists)) {
    test(`'${text}' has ${items.length} items`, () => assert.deepEqual(listOf(text), items))
  }
  test('with an open quote fails', () => {
    assert.throws(
      () => listOf('"a, b'),
      /^Error: The list '"a, b' is not well formed: put items with commas in double quotes/,
    )
  })
})

suite('random values', () => {
  test('of one seed are the same, of another not', () => {
    const three = (seed: string): unknown => {
      const random = randomFrom(seededFraction(seed))
      return [random.text(), random.integer(), random.float(), random.uuid(), random.oneOf(['a', 'b', 'c'])]
    }
    assert.deepEqual(three('42'), three('42'))
    assert.notDeepEqual(three('42'), three('43'))
  })
  test('are of the kinds that they say', () => {
    const random = randomFrom(seededFraction('kinds'))
    for (let round = 0; round < 500; round += 1) {
      assert.match(random.text(), /^a[\da-f]{32}$/)
      assert.ok(Number.isInteger(random.integer()) && random.integer() >= 0 && random.integer() <= 99)
      assert.ok(!Number.isInteger(random.float()) && random.float() < 100)
      assert.equal(kindFault(random.uuid(), 'UUID4'), undefined)
    }
  })
  test('reach both ends of a range', () => {
    assert.equal(randomFrom(() => 0).between(3, 5), 3)
    assert.equal(randomFrom(() => 1 - Number.EPSILON).between(3, 5), 5)
  })
  test('of nothing fail', () => {
    const { oneOf } = randomFrom(Math.random)
    assert.throws(() => oneOf([]), { message: 'There is nothing to choose from: give at least one item' })
  })
})

suite('what a step gives', () => {
  const same: readonly (readonly [value: unknown, given: unknown])[] = [
    ['0', '0'],
    [0, '0'],
    [-0, '0'],
    [10.5, '10.50'],
    [1000, '1e3'],
    [true, 'True'],
    [false, 'false'],
    [[1, 'a'], '[1, "a"]'],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [null, null],
  ]
  for (const [value, given] of same) {
    test(`${JSON.stringify(given)} is ${JSON.stringify(value)}`, () => assert.ok(isAsGiven(value, given)))
  }
  const other: readonly (readonly [value: unknown, given: unknown])[] = [
    ['0', 0],
    [0, ''],
    [10, '0xa'],
    ['True', 'true'],
    [1, 'true'],
    [null, 'null'],
    [null, ''],
    [[1], '1'],
    [[1], { 0: 1 }],
    [{}, []],
  ]
  for (const [value, given] of other) {
    test(`${JSON.stringify(given)} is not ${JSON.stringify(value)}`, () => assert.ok(!isAsGiven(value, given)))
  }
  test('members that objects inherit do not count', () => assert.ok(!isEqual({ a: 1 }, { toString: 1 })))
})

suite('the canonical text of a value', () => {
  test('does not depend on the order of members', () => {
    assert.equal(canonical({ a: [{ c: 1, b: 2 }], 1: 0 }), canonical({ 1: 0, a: [{ b: 2, c: 1 }] }))
  })
  test('tells values apart', () => {
    const values = [1, '1', [1], { 1: 1 }, [['1', 1]], null, 'null', true]
    assert.equal(new Set(values.map(canonical)).size, values.length)
  })
})

suite('an expected value', () => {
  test('may leave kinds of values open', () => {
    const expected = { id: '<any integer>', name: '<any string>', tags: ['<anything>', 'b'] }
    assert.ok(isAsExpected({ id: 1, name: '', tags: [null, 'b'] }, expected))
    assert.ok(!isAsExpected({ id: '1', name: '', tags: [null, 'b'] }, expected))
    assert.ok(!isAsExpected({ id: 1, name: '', tags: ['b'] }, expected))
  })
  test('may be a part, in lists of any order', () => {
    const value = { a: { b: 1, c: 2 }, list: [1, 2, { d: 3, e: 4 }] }
    assert.ok(isAsExpected(value, { a: { c: 2 }, list: [{ d: 3 }, 1] }, { isPartial: true }))
    assert.ok(!isAsExpected(value, { list: [1, 1] }, { isPartial: true }))
    assert.ok(!isAsExpected(value, { a: { c: 2 } }))
  })
  test('with angle brackets of its own is a text', () => assert.ok(isAsExpected('<b>', '<b>')))
  test('of an unknown kind fails', () => {
    assert.throws(
      () => isAsExpected(1, '<any thing>'),
      /^Error: No kind of value is called 'thing': there are string, integer/,
    )
  })
})

suite('Base32 of Crockford', () => {
  test('takes small letters, hyphens and what looks alike', () => {
    for (const text of ['16jd', '16-JD', 'l6JD', 'I6JD']) assert.equal(crockfordFault(text, true), undefined)
    assert.equal(crockfordFault('ILO', false), undefined)
  })
  test('has none of the letters that are left out', () => {
    assert.equal(crockfordFault('16U', false), "has 'U', which is no digit")
    assert.equal(crockfordFault('16!J', true), "has '!', which is no digit")
    assert.equal(crockfordFault('', false), 'has no digits')
    assert.equal(crockfordFault('A', true), 'has no digits')
  })
  test('has signs of its own for a checksum', () => assert.equal(crockfordFault('10*', true), undefined))
})
