import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Clock } from '../../kernel/clock.ts'
import type { Counter } from './limit-store.ts'
import { memoryStore } from './memory-store.ts'
import { sliding } from './tally.ts'

/** A clock that stands still until it is moved. */
function stoppedClock(): Clock & { move: (milliseconds: number) => void } {
  let now = Date.UTC(2030, 0, 1)
  return {
    now: () => new Date(now),
    elapsed: () => now,
    move: (milliseconds) => {
      now += milliseconds
    },
  }
}

const counterOf = (id: string, limit: number, window: number): Counter => ({ id, tally: sliding({ limit, window }) })

describe('the store in memory', () => {
  test('counts with all counters or with none', async () => {
    const store = memoryStore(stoppedClock())
    const narrow = { counter: counterOf('narrow', 1, 1000), key: 'a' }
    const wide = { counter: counterOf('wide', 10, 1000), key: 'a' }
    const passes = { passed: true, wait: 1000 }
    assert.deepEqual(store.count([wide, narrow], 'take'), [
      { ...passes, remaining: 9 },
      { ...passes, remaining: 0 },
    ])
    const second = await store.count([wide, narrow], 'take')
    assert.deepEqual(
      second.map((each) => each?.passed),
      [true, false],
    )
    assert.deepEqual(await store.count([wide], 'peek'), [{ ...passes, remaining: 9 }])
    assert.deepEqual(await store.count([wide], 'add'), [{ ...passes, remaining: 8 }])
  })

  test('lets go of what is past', async () => {
    const clock = stoppedClock()
    const store = memoryStore(clock)
    const counter = counterOf('c', 5, 1000)
    for (let key = 0; key < 100; key++) await store.count([{ counter, key: String(key) }], 'take')
    assert.equal(store.size(), 100)
    clock.move(1000)
    for (let call = 0; call < 60; call++) await store.count([{ counter, key: 'new' }], 'take')
    assert.equal(store.size(), 1)
  })

  test('stays small in a flood of addresses, and remembers those that call on', async () => {
    const store = memoryStore(stoppedClock(), 100)
    const flooded = counterOf('flooded', 500, 60_000)
    const other = { counter: counterOf('other', 1, 60_000), key: 'a' }
    await store.count([other], 'take')
    for (let call = 0; call < 400; call++) {
      await store.count([{ counter: flooded, key: `flood ${call}` }], 'take')
      await store.count([{ counter: flooded, key: 'steady' }], 'take')
    }
    assert.equal(store.size(), 100)
    const [steady] = await store.count([{ counter: flooded, key: 'steady' }], 'peek')
    assert.equal(steady?.remaining, 100)
    const [kept] = await store.count([other], 'peek')
    assert.equal(kept?.passed, false)
  })
})
