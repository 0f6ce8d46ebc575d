import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testClock } from './test-clock.ts'

test('a clock of a moment stands until it is sent on', () => {
  const clock = testClock('2026-01-01T00:00:00Z')
  const began = clock.elapsed()
  assert.equal(clock.now().toISOString(), '2026-01-01T00:00:00.000Z')
  clock.advance(1500)
  assert.equal(clock.now().toISOString(), '2026-01-01T00:00:01.500Z')
  assert.equal(clock.elapsed() - began, 1500)
  clock.set(new Date('2025-01-01'))
  assert.equal(clock.now().toISOString(), '2025-01-01T00:00:00.000Z')
  assert.equal(clock.elapsed() - began, 1500)
})

test('a clock of another goes with it', () => {
  let at = 1000
  const clock = testClock({ now: () => new Date(at), elapsed: () => at })
  clock.advance(10)
  at = 2000
  assert.deepEqual([clock.now().getTime(), clock.elapsed()], [2010, 2010])
})

test('a clock refuses what is no time and no length of it', () => {
  assert.throws(() => testClock('soon'), /'soon' is no time/)
  for (const wrong of [-1, Number.NaN]) assert.throws(() => testClock('2026-01-01').advance(wrong), RangeError)
})
