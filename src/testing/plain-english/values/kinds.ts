import { daysIn } from './date-fields.ts'
import { shownWithKind } from './shown.ts'

/** The kinds of values by the names that steps have for them, and what each accepts. */
const kinds: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: isText,
  integer: (value) => typeof value === 'bigint' || Number.isInteger(value),
  // JSON does not tell 1.0 from 1.
  float: isNumber,
  number: isNumber,
  boolean: (value) => typeof value === 'boolean',
  list: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  uuid: (value) => isText(value) && uuid.test(value),
  uuid4: (value) => isText(value) && uuid.test(value) && /^.{8}-?.{4}-?4.{3}-?[89ab]/i.test(value),
  'date-time': (value) => isText(value) && dateTime.test(value) && !Number.isNaN(Date.parse(value)),
  date: (value) => isText(value) && isDate(value),
  email: (value) =>
    isText(value) && /^[^\s@"(),:;<>[\]\\]+@[^\s@.]+(\.[^\s@.]+)*$/.test(value) && !/\.\.|^\.|\.@/.test(value),
  url: (value) => isText(value) && /^https?:/i.test(value) && URL.canParse(value),
}

const other: Readonly<Record<string, string>> = {
  text: 'string',
  bool: 'boolean',
  dict: 'object',
  array: 'list',
  'e-mail address': 'email',
  'e-mail': 'email',
}

// 32 digits, in groups or not.
const uuid = /^[\da-f]{8}(-?)[\da-f]{4}\1[\da-f]{4}\1[\da-f]{4}\1[\da-f]{12}$/i
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/i

/** Why a value is not of a kind, such as `is the text "5"`; undefined when it is. @throws Error for an unknown kind */
export function kindFault(value: unknown, kind: string): string | undefined {
  const small = kind.toLowerCase()
  const accepts = kinds[other[small] ?? small]
  if (accepts === undefined) {
    throw new Error(`No kind of value is called '${kind}': there are ${[...Object.keys(kinds), 'anything'].join(', ')}`)
  }
  return accepts(value) ? undefined : `is ${shownWithKind(value)}`
}

/** Bigints are the whole numbers that are too long for others. */
export function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)?.map(Number) ?? []
  if (year === undefined || month === undefined || day === undefined) return false
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}
