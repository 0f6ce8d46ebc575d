import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slots } from './slots.ts'

test('as many pieces of work run at once as there are slots, in order, also when some fail', async () => {
  const turn = slots(2)
  const begun: number[] = []
  let running = 0
  let most = 0
  const all = [0, 1, 2, 3, 4].map((number) =>
    turn(async () => {
      begun.push(number)
      running += 1
      most = Math.max(most, running)
      await Promise.resolve()
      running -= 1
      if (number === 1) throw new Error('one fails')
      return number
    }),
  )
  const ended = await Promise.allSettled(all)
  assert.deepEqual(begun, [0, 1, 2, 3, 4])
  assert.equal(most, 2)
  assert.deepEqual(
    ended.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled'],
  )
})
