import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { featurePlace, placeText } from './feature-place.ts'

suite('the place of a feature', () => {
  for (const [text, path, lines] of [
    ['features/a.feature', 'features/a.feature', []],
    ['a.feature:12', 'a.feature', [12]],
    ['a.feature:12:30', 'a.feature', [12, 30]],
    ['C:\\app\\a.feature:7', 'C:\\app\\a.feature', [7]],
    ['C:\\app\\a.feature', 'C:\\app\\a.feature', []],
    ['/a:b/c.feature:1', '/a:b/c.feature', [1]],
  ] as const) {
    test(`${text} is read and written`, () => {
      assert.deepEqual(featurePlace(text), { path, lines })
      assert.equal(placeText({ path, lines }), text)
    })
  }
})
