import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { localFields, momentOf } from './date-fields.ts'

suite('the clock of this machine', () => {
  const moment = new Date('2026-01-31T20:00:00.123Z')
  for (const [zone, offset, day, hour] of [
    ['Asia/Kolkata', 330, 1, 1],
    ['America/New_York', -300, 31, 15],
    ['UTC', 0, 31, 20],
  ] as const) {
    test(`in ${zone} is ${offset} minutes ahead of UTC`, () => {
      using _ = inZone(zone)
      const fields = localFields(moment)
      assert.deepEqual([fields.offset, fields.day, fields.hour], [offset, day, hour])
      assert.equal(momentOf(fields).getTime(), moment.getTime())
    })
  }
})

/** Sets the zone of this process until its scope ends. */
function inZone(zone: string): Disposable {
  const before = process.env.TZ
  process.env.TZ = zone
  return {
    [Symbol.dispose]() {
      if (before === undefined) delete process.env.TZ
      else process.env.TZ = before
    },
  }
}
