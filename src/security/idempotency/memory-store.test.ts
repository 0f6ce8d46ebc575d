import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testClock } from '../../testing/test-clock.ts'
import { memoryStore } from './memory-store.ts'

test('memory holds so many bytes of replies, and which calls were done', () => {
  const clock = testClock('2026-01-01T00:00:00Z')
  const store = memoryStore(clock, { bytes: 100 })
  const reply = { status: 200, headers: [], body: new Uint8Array(40) }
  const done = (key: string): void => {
    assert.equal(store.begin({ key, owner: key }, 'same', 1000), 'new')
    assert.equal(store.finish({ key, owner: key }, reply, 1_000_000), true)
  }
  const again = (key: string) => store.begin({ key, owner: 'other' }, 'same', 1000)
  for (const key of ['a', 'b']) done(key)
  assert.deepEqual([again('a'), again('b')], [reply, reply])
  done('c')
  assert.deepEqual([again('a'), again('b'), again('c')], ['not kept', reply, reply])
  // What has expired makes room.
  clock.advance(1_000_000)
  for (const key of ['d', 'e']) done(key)
  assert.deepEqual([again('d'), again('e'), again('b')], [reply, reply, 'new'])
})

test('memory remembers so many calls, of those that run each one', () => {
  const store = memoryStore(testClock('2026-01-01T00:00:00Z'), { calls: 3 })
  const begin = (key: string) => store.begin({ key, owner: key }, 'same', 1000)
  assert.deepEqual(['running', 'a', 'b'].map(begin), ['new', 'new', 'new'])
  for (const key of ['a', 'b']) store.finish({ key, owner: key }, undefined, 1000)
  assert.deepEqual(['c', 'running', 'b', 'a'].map(begin), ['new', 'in progress', 'not kept', 'new'])
})
