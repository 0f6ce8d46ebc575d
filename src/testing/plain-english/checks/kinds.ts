import { expect } from '../expectation.ts'
import { crockfordFault } from '../values/base32-crockford.ts'
import { dateFormat } from '../values/dates.ts'
import { kindFault } from '../values/kinds.ts'
import { parseDate } from '../values/parse-date.ts'
import { shown, shownWithKind } from '../values/shown.ts'
import { type Check, check, type Subject } from './check.ts'

/** Checks of what kind of value it is. */
export const kindChecks: readonly Check[] = [
  kind('is any string', 'string', '"x"', 'It is a text.', ['is any text']),
  kind('is any integer', 'integer', '7', 'It is a number without a fraction; a boolean is none.'),
  kind('is any float', 'float', '7.5', 'It is a number; JSON does not tell 7.0 from 7.', ['is any number']),
  kind('is any bool', 'boolean', 'true', 'It is true or false.', ['is any Boolean', 'is any boolean']),
  kind('is any list', 'list', '[1]', 'It is a list.'),
  kind('is any dict', 'object', '{"a": 1}', 'It is an object.', ['is any object']),
  kind('is a uuid', 'uuid', '"6f1c0f0e-6f8c-4a1a-9c87-0d2f4d3b8f11"', 'It is a UUID, with or without hyphens.', [
    'is a UUID',
    'is any UUID',
  ]),
  kind('is any UUID4', 'uuid4', '"6f1c0f0e-6f8c-4a1a-9c87-0d2f4d3b8f11"', 'It is a UUID of version 4.', ['is a UUID4']),
  kind('is a date-time', 'date-time', '"2026-01-31T09:30:00Z"', 'It is a moment as ISO 8601 writes it.'),
  kind('is a date', 'date', '"2026-01-31"', 'It is a day as ISO 8601 writes it.'),
  kind('is an e-mail address', 'email', '"john@example.com"', 'It is an e-mail address.', ['is an email address']),
  kind('is a URL', 'url', '"https://example.com/a"', 'It is an address that begins with http:// or https://.'),
  check({
    phrase: 'is a date {text}',
    summary: 'It is a moment in this format: the name of one, such as "default", or its tokens.',
    on: '"31/01/2026"',
    says: 'is a date "DD/MM/YYYY"',
    run: ({ name, value, world }, format) => {
      const tokens = dateFormat(world, format)
      expect(isDateAs(value, tokens), `${name} is ${shownWithKind(value)}, not a date as ${tokens}`)
    },
  }),
  check({
    phrase: 'is an empty list',
    summary: 'It is a list without items.',
    on: '[]',
    says: 'is an empty list',
    run: ({ name, items }) => {
      expect(Array.isArray(items) && items.length === 0, `${name} is ${shownWithKind(items)}, not an empty list`)
    },
  }),
  check({
    phrase: 'is not an empty list',
    also: ["isn't an empty list"],
    summary: 'It is a list with items.',
    on: '[1]',
    says: 'is not an empty list',
    run: ({ name, items }) => {
      expect(Array.isArray(items), `${name} is ${shownWithKind(items)}, not a list`)
      expect(items.length > 0, `${name} is an empty list`)
    },
  }),
  check({
    phrase: 'is an empty dict',
    also: ['is an empty object'],
    summary: 'It is an object without members.',
    on: '{}',
    says: 'is an empty dict',
    run: ({ name, value }) => {
      const isEmpty = kindFault(value, 'object') === undefined && Object.keys(Object(value)).length === 0
      expect(isEmpty, `${name} is ${shownWithKind(value)}, not an empty object`)
    },
  }),
  check({
    phrase: 'is a BASE32 Crockford, checksum {text}',
    also: ['is a Base32 Crockford, checksum {text}'],
    summary: 'It is a number in the Base32 of Crockford; with the checksum "true" its last sign must fit the others.',
    on: '"16JD"',
    says: 'is a BASE32 Crockford, checksum "true"',
    run: ({ name, value }, checksum) => {
      if (!/^(true|false)$/i.test(checksum)) throw new Error(`The checksum is "${checksum}": write "true" or "false"`)
      const fault = typeof value === 'string' ? crockfordFault(value, /^t/i.test(checksum)) : 'is no text'
      expect(fault === undefined, `${name} is ${shown(value)}, which is no Base32 of Crockford: it ${fault}`)
    },
  }),
]

function kind(phrase: string, name: string, on: string, summary: string, also: readonly string[] = []): Check {
  const wanted = phrase.replace(/^is (?:an? )?/, '').replace(/^any /, '')
  return check({
    phrase,
    also,
    summary,
    on,
    says: phrase,
    run: (subject: Subject) => {
      const value = name === 'list' ? subject.items : subject.value
      const fault = kindFault(value, name)
      expect(fault === undefined, `${subject.name} ${fault}, not ${/^[aeio]/i.test(wanted) ? 'an' : 'a'} ${wanted}`)
    },
  })
}

function isDateAs(value: unknown, tokens: string): boolean {
  try {
    return typeof value === 'string' && parseDate(value, tokens) !== undefined
  } catch {
    return false
  }
}
