import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readFeature } from '../feature-file.ts'
import { shardedFeatures, shardOf } from './shard.ts'

const sizes = [5, 1, 1, 3, 2, 0, 4]
const features = sizes.map((size, index) =>
  readFeature(`${index}.feature`, `Feature: F\n${'Scenario: s\n Given x\n'.repeat(size)}`),
)

suite('shards', () => {
  for (const count of [1, 2, 3, 10]) {
    test(`of ${count} hold each feature once, and are even`, () => {
      const shards = Array.from({ length: count }, (_, index) => shardedFeatures(features, { index: index + 1, count }))
      assert.deepEqual(
        shards
          .flat()
          .map(({ uri }) => uri)
          .sort(),
        features.map(({ uri }) => uri),
      )
      const loads = shards.map((each) => each.reduce((sum, { scenarios }) => sum + scenarios.length, 0))
      assert.ok(count > 3 || Math.max(...loads) - Math.min(...loads) <= 1, String(loads))
    })
  }

  test('are the same whatever order the features come in', () => {
    const names = (list: typeof features): readonly string[] =>
      shardedFeatures(list, { index: 2, count: 3 })
        .map(({ uri }) => uri)
        .sort()
    assert.deepEqual(names(features), names(features.toReversed()))
  })

  test('are written as 1/3, and nothing else', () => {
    assert.deepEqual(shardOf('2/3'), { index: 2, count: 3 })
    for (const wrong of ['0/3', '4/3', '1', 'a/b', '1/0', '']) assert.throws(() => shardOf(wrong), /write it as 1\/3/)
  })
})
