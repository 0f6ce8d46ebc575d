import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inOrder, isPromise } from './chain.ts'

test('promises and other thenables are waited for, everything else is not', () => {
  // biome-ignore lint/suspicious/noThenProperty: query builders are such objects
  const queryBuilder = { then: () => {} }
  assert.equal(isPromise(Promise.resolve()), true)
  assert.equal(isPromise(queryBuilder), true)
  // biome-ignore lint/suspicious/noThenProperty: a member may have any name
  for (const value of [undefined, null, 1, 'then', {}, [], { then: 'later' }, () => {}]) {
    assert.equal(isPromise(value), false)
  }
})

test('steps that wait for nothing are done at once', () => {
  const done: number[] = []
  const result = inOrder([1, 2, 3], (item) => void done.push(item))
  assert.equal(result, undefined)
  assert.deepEqual(done, [1, 2, 3])
})

test('a step begins when the one before it has ended', async () => {
  const done: string[] = []
  await inOrder(['a', 'b', 'c'], async (item) => {
    done.push(`${item} begins`)
    await Promise.resolve()
    done.push(`${item} ends`)
  })
  assert.deepEqual(done, ['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
})

test('a step that fails is the last one', async () => {
  const done: number[] = []
  const step = (item: number): void => {
    done.push(item)
    if (item === 2) throw new Error('two')
  }
  assert.throws(() => inOrder([1, 2, 3], step), /two/)
  await assert.rejects(async () => inOrder([1, 2, 3], async (item) => step(item)), /two/)
  assert.deepEqual(done, [1, 2, 1, 2])
})

test('a thenable whose then returns nothing is waited for too', async () => {
  const done: string[] = []
  const items = ['a', 'b']
  await inOrder(items, (item) => ({
    // biome-ignore lint/suspicious/noThenProperty: the barest thenable there can be
    then: (resolve: () => void): void =>
      queueMicrotask(() => {
        done.push(item)
        resolve()
      }),
  }))
  assert.deepEqual(done, ['a', 'b'])
})
