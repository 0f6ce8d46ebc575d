import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { momentOf, utcFields } from './date-fields.ts'
import { moved } from './duration.ts'
import { formatDate } from './format-date.ts'
import { parseDate } from './parse-date.ts'

suite('a moment is written', () => {
  const fields = { year: 2026, month: 2, day: 3, hour: 16, minute: 5, second: 9, millisecond: 42, offset: 330 }
  const written: Readonly<Record<string, string>> = {
    'YYYY-MM-DDTHH:mm:ss': '2026-02-03T16:05:09',
    'YY M D H m s': '26 2 3 16 5 9',
    'hh h A a': '04 4 PM pm',
    'MMMM MMM dddd ddd d': 'February Feb Tuesday Tue 2',
    'DDDD DDD Do': '034 34 3rd',
    'S SS SSS SSSSSS': '0 04 042 042000',
    'ZZ Z ZZZ': '+05:30 +0530 UTC+05:30',
    'X x': '1770114909 1770114909042',
    W: '2026-W06-2',
    '[Today is] dddd[!]': 'Today is Tuesday!',
    '[]-[YYYY]': '-YYYY',
  }
  for (const [format, text] of Object.entries(written)) {
    test(`as ${format}`, () => assert.equal(formatDate(fields, format), text))
  }
  test('with the week of another year at its ends', () => {
    assert.equal(formatDate(utcFields(new Date('2027-01-01T00:00:00Z')), 'W'), '2026-W53-5')
    assert.equal(formatDate(utcFields(new Date('2024-12-30T00:00:00Z')), 'W'), '2025-W01-1')
  })
  test('at midnight and noon with 12', () => {
    assert.equal(formatDate({ ...fields, hour: 0 }, 'h A'), '12 AM')
    assert.equal(formatDate({ ...fields, hour: 12 }, 'h A'), '12 PM')
  })
  test('with the ordinals of English', () => {
    const days = [1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 31].map((day) => formatDate({ ...fields, day }, 'Do'))
    assert.deepEqual(days, ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '22nd', '23rd', '31st'])
  })
})

suite('a moment is read', () => {
  const read: readonly (readonly [text: string, format: string, moment: string])[] = [
    ['2026-02-03T16:05:09', 'YYYY-MM-DDTHH:mm:ss', '2026-02-03T16:05:09.000Z'],
    ['3.2.2026', 'D.M.YYYY', '2026-02-03T00:00:00.000Z'],
    ['2026-02-03 16:05+05:30', 'YYYY-MM-DD HH:mmZZ', '2026-02-03T10:35:00.000Z'],
    ['2026-02-03 16:05 -0100', 'YYYY-MM-DD HH:mm Z', '2026-02-03T17:05:00.000Z'],
    ['Feb 3, 26 12:01 am', 'MMM D, YY h:mm a', '2026-02-03T00:01:00.000Z'],
    ['12 PM 2026', 'h A YYYY', '2026-01-01T12:00:00.000Z'],
    ['2026-034', 'YYYY-DDDD', '2026-02-03T00:00:00.000Z'],
    ['1770114909.042', 'X', '2026-02-03T10:35:09.042Z'],
    ['1770114909042', 'x', '2026-02-03T10:35:09.042Z'],
    ['2026-02-03 16:05:09.1', 'YYYY-MM-DD HH:mm:ss.S', '2026-02-03T16:05:09.100Z'],
    ['Tuesday, 3rd of February 2026', 'dddd, Do [of] MMMM YYYY', '2026-02-03T00:00:00.000Z'],
    ['0099-01-01', 'YYYY-MM-DD', '0099-01-01T00:00:00.000Z'],
  ]
  for (const [text, format, moment] of read) {
    test(`${text} as ${format}`, () => assert.equal(momentOf(parseDate(text, format)).toISOString(), moment))
  }
  const faults: readonly (readonly [text: string, format: string, message: string])[] = [
    ['2026/02/03', 'YYYY-MM-DD', "The date '2026/02/03' is not written as 'YYYY-MM-DD'"],
    ['2026-02-03x', 'YYYY-MM-DD', "The date '2026-02-03x' is not written as 'YYYY-MM-DD'"],
    ['2026-02-30', 'YYYY-MM-DD', "The date '2026-02-30' does not exist"],
    ['2026-13-01', 'YYYY-MM-DD', "The date '2026-13-01' does not exist"],
    ['24:00', 'HH:mm', "The date '24:00' does not exist"],
    ['2026-W06-2', 'W', "Dates are written with 'W', but cannot be read with it"],
  ]
  for (const [text, format, message] of faults) {
    test(`${text} as ${format} not`, () => assert.throws(() => parseDate(text, format), { message }))
  }
})

suite('a moment is moved', () => {
  const start = new Date('2026-01-31T12:00:00.000Z')
  const durations: Readonly<Record<string, string>> = {
    '2 days': '2026-02-02T12:00:00.000Z',
    'one hour': '2026-01-31T13:00:00.000Z',
    'an hour and 30 minutes': '2026-01-31T13:30:00.000Z',
    '1h 30min': '2026-01-31T13:30:00.000Z',
    '1.5 seconds, 10 ms': '2026-01-31T12:00:01.510Z',
    '1 month': '2026-02-28T12:00:00.000Z',
    '1 Year': '2027-01-31T12:00:00.000Z',
    '2 weeks': '2026-02-14T12:00:00.000Z',
  }
  for (const [duration, moment] of Object.entries(durations)) {
    test(`by ${duration}`, () => assert.equal(moved(start, duration, 1).toISOString(), moment))
  }
  test('back', () => assert.equal(moved(start, '11 months', -1).toISOString(), '2025-02-28T12:00:00.000Z'))
  for (const duration of ['', 'soon', '2', '2 parsecs', '1.5 months', '-1 day']) {
    test(`not by '${duration}'`, () => {
      const message = `The duration '${duration}' is not understood: write it as "2 days" or "1 hour and 30 minutes"`
      assert.throws(() => moved(start, duration, 1), { message })
    })
  }
})
