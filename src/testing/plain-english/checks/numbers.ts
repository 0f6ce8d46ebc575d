import { expect } from '../expectation.ts'
import { givenNumber } from '../values/given-number.ts'
import { isNumber } from '../values/kinds.ts'
import { shown, shownWithKind } from '../values/shown.ts'
import { type Check, check, type Subject } from './check.ts'

/** Checks of numbers and of moments. */
export const numberChecks: readonly Check[] = [
  check({
    phrase: 'is an integer {value}',
    summary: 'It is this number, and no text.',
    on: '30',
    says: 'is an integer "30"',
    run: (subject, given) => {
      const expected = givenNumber(given)
      if (typeof expected === 'number' && !Number.isInteger(expected))
        throw new Error(`${shown(given)} is no integer: write 'is a float ${shown(given)}'`)
      expectNumber(subject, 'integer', expected)
    },
  }),
  check({
    phrase: 'is a float {value}',
    also: ['is a number {value}'],
    summary: 'It is this number, and no text; 7.0 and 7 are the same.',
    on: '7.5',
    says: 'is a float "7.5"',
    run: (subject, given) => expectNumber(subject, 'number', givenNumber(given)),
  }),
  compared('is greater than', 'It is a number that is greater.', '7', '6', (found, given) => found > given),
  compared('is at least', 'It is a number that is as great or greater.', '7', '7', (found, given) => found >= given),
  compared('is less than', 'It is a number that is less.', '7', '8', (found, given) => found < given),
  compared('is at most', 'It is a number that is as great or less.', '7', '7', (found, given) => found <= given),
  check({
    phrase: 'is between {value} and {value}',
    summary: 'It is a number in this range, ends included.',
    on: '7',
    says: 'is between "1" and "10"',
    run: ({ name, value }, low, high) => {
      const [least, most] = [givenNumber(low), givenNumber(high)]
      expect(
        isNumber(value) && value >= least && value <= most,
        `${name} is ${shownWithKind(value)}, not a number between ${least} and ${most}`,
        { expected: `between ${least} and ${most}`, found: value },
      )
    },
  }),
  moment(
    'is after',
    'It is a moment after this one, both as ISO 8601 writes them.',
    '2026-01-01',
    (found, given) => found > given,
  ),
  moment('is before', 'It is a moment before this one.', '2026-12-31', (found, given) => found < given),
]

function expectNumber({ name, value }: Subject, kind: string, expected: number | bigint): void {
  expect(value === expected, `${name} is ${shownWithKind(value)}, not the ${kind} ${expected}`, {
    expected,
    found: value,
  })
}

function compared(
  phrase: string,
  summary: string,
  on: string,
  given: string,
  holds: (found: number | bigint, given: number | bigint) => boolean,
): Check {
  return check({
    phrase: `${phrase} {value}` as 'is {value}',
    summary,
    on,
    says: `${phrase} "${given}"`,
    run: ({ name, value }, limit) => {
      const number = givenNumber(limit)
      const message = `${name} is ${shownWithKind(value)}, not a number that ${phrase} ${number}`
      expect(isNumber(value) && holds(value, number), message, {
        expected: `${phrase.replace('is ', '')} ${number}`,
        found: value,
      })
    },
  })
}

function moment(
  phrase: string,
  summary: string,
  given: string,
  holds: (found: number, given: number) => boolean,
): Check {
  return check({
    phrase: `${phrase} {text}` as 'is {text}',
    summary,
    on: '"2026-06-30T12:00:00Z"',
    says: `${phrase} "${given}"`,
    run: ({ name, value }, limit) => {
      const end = momentIn(limit)
      if (end === undefined)
        throw new Error(`"${limit}" is no moment: write it as "2026-01-31" or "2026-01-31T09:30:00Z"`)
      const found = typeof value === 'string' ? momentIn(value) : undefined
      expect(
        found !== undefined && holds(found, end),
        `${name} is ${shownWithKind(value)}, not a moment that ${phrase} ${limit}`,
      )
    },
  })
}

/** A moment as ISO 8601 writes it, in UTC where it has no zone. */
function momentIn(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return undefined
  const moment = Date.parse(/T[^Z+-]*$/i.test(text) ? `${text}Z` : text)
  return Number.isNaN(moment) ? undefined : moment
}
