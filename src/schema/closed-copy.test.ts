import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { closedCopy } from './closed-copy.ts'
import { scalar } from './projection-leaf.ts'

const twice = (value: unknown): unknown => (value === 'drop' ? undefined : [value, value])

for (const generate of [true, false]) {
  suite(generate ? 'a generated copy' : 'a looped copy', () => {
    const copy = closedCopy(['b', 'a', 'deep'], [scalar, scalar, twice], { generate })

    test('has the named members, in declared order', () => {
      const made = copy({ a: 1, x: 2, b: null, deep: 3 })
      assert.deepEqual(made, { b: null, a: 1, deep: [3, 3] })
      assert.deepEqual(Object.keys(made), ['b', 'a', 'deep'])
    })
    test('leaves absent what is absent, undefined, a function, or left out by its projection', () => {
      assert.deepEqual(Object.keys(copy({ b: undefined, a: () => 1, deep: 'drop' })), [])
    })
    test('leaves the inside of what should be a scalar out, and keeps dates', () => {
      const day = new Date(0)
      assert.deepEqual(copy({ a: { secret: 1 }, b: day }), { b: day })
    })
    test('takes any name for a name', () => {
      const names = ['"] = 1; throw 1; //', '`', "'", '\\', '\u2028', 'constructor', 'a b', '']
      const values = Object.fromEntries(names.map((name, index) => [name, index]))
      assert.deepEqual(
        closedCopy(
          names,
          names.map(() => scalar),
          { generate },
        )(values),
        values,
      )
    })
  })
}
