import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { timeOfDay, timeOfDayFault } from './time-of-day.ts'

const at = (time: string): number => Date.parse(`2030-07-01T${time}Z`)

describe('a time of day', () => {
  test('begins with its first minute and ends before its last', () => {
    const office = timeOfDay(['09:00', '17:00'])
    assert.deepEqual(
      ['08:59:59', '09:00:00', '16:59:59', '17:00:00'].map((time) => office(at(time))),
      [...[false, true, true, false]],
    )
    assert.equal(timeOfDay(['12:00', '24:00'])(at('23:59:59')), true)
  })

  test('may go past midnight', () => {
    const night = timeOfDay(['22:00', '06:00'])
    assert.deepEqual(
      ['21:59:59', '22:00:00', '00:00:00', '05:59:59', '06:00:00'].map((time) => night(at(time))),
      [...[false, true, true, true, false]],
    )
  })

  test('follows the clocks of its zone, in summer and in winter', () => {
    const office = timeOfDay(['09:00', '17:00'], 'Europe/Berlin')
    assert.equal(office(Date.parse('2030-07-01T07:00:00Z')), true)
    assert.equal(office(Date.parse('2030-07-01T06:59:59Z')), false)
    assert.equal(office(Date.parse('2030-01-15T07:30:00Z')), false)
    assert.equal(office(Date.parse('2030-01-15T08:00:00Z')), true)
    assert.equal(timeOfDay(['05:30', '05:31'], 'Asia/Kolkata')(at('00:00:30')), true)
  })

  test('that cannot be read is told', () => {
    assert.equal(timeOfDayFault(['22:00', '06:00'], 'Europe/Berlin'), undefined)
    assert.equal(
      timeOfDayFault(['22:00', '25:00'], undefined),
      "has a rule between '22:00' and '25:00': give two times of the day, such as ['22:00', '06:00']",
    )
    assert.equal(
      timeOfDayFault(['09:00', '09:00'], undefined),
      "has a rule between '09:00' and itself: leave 'between' out for the whole day",
    )
    assert.equal(
      timeOfDayFault(['09:00', '17:00'], 'Europe/Atlantis'),
      "has a rule in the time zone 'Europe/Atlantis', which is none: give one such as 'Europe/Berlin'",
    )
  })
})
