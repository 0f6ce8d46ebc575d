import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemClock } from './clock.ts'

test('the clock of the machine tells the present moment', () => {
  const before = Date.now()
  const now = systemClock.now().getTime()
  assert.ok(before <= now && now <= Date.now())
})

test('what has elapsed never goes back', () => {
  const first = systemClock.elapsed()
  assert.ok(first <= systemClock.elapsed())
})
