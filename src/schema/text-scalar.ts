import { parseJson } from './plain-json.ts'
import type { JsonSchema } from './schema.ts'
import { TextFailure } from './text-failure.ts'

/** Reads one text as one value, or says why not. */
export type ReadOne = (text: string) => unknown

const notInteger = new TextFailure('invalid_type', 'must be an integer')
const notNumber = new TextFailure('invalid_type', 'must be a number')
const notBoolean = new TextFailure('invalid_type', 'must be true or false')
const notNull = new TextFailure('invalid_type', 'must be null')
const notJson = new TextFailure('invalid_format', 'must be JSON')
const notObject = new TextFailure('invalid_type', 'must be an object')
const notList = new TextFailure('invalid_type', 'must be a list')

const minus = 45
const zero = 48
/** Every integer of so many digits is safe. */
const safeDigits = 15

/** A reader of decimal integers: digits with an optional minus, inside the safe range. */
export function integerReader(schema: JsonSchema): ReadOne {
  const readLong = longIntegerReader(schema)
  // A loop over the digits takes half the time of a pattern and Number().
  return (text) => {
    const length = text.length
    const start = length > 0 && text.charCodeAt(0) === minus ? 1 : 0
    if (length === start) return notInteger
    if (length > safeDigits) return readLong(text)
    let value = 0
    for (let i = start; i < length; i++) {
      const digit = text.charCodeAt(i) - zero
      if (digit < 0 || digit > 9) return notInteger
      value = value * 10 + digit
    }
    // 0 - 0 is 0, while -0 would be told apart from it by Object.is and deepStrictEqual.
    return start === 0 ? value : 0 - value
  }
}

function longIntegerReader(schema: JsonSchema): ReadOne {
  const lowest = Math.max(Number.MIN_SAFE_INTEGER, limit(schema.minimum, Number.MIN_SAFE_INTEGER))
  const highest = Math.min(Number.MAX_SAFE_INTEGER, limit(schema.maximum, Number.MAX_SAFE_INTEGER))
  const message = `must be an integer between ${lowest} and ${highest}`
  const tooSmall = new TextFailure('too_small', message)
  const tooBig = new TextFailure('too_big', message)
  return (text) => {
    if (!/^-?\d+$/.test(text)) return notInteger
    const value = Number(text)
    if (Number.isSafeInteger(value)) return value + 0
    return value < 0 ? tooSmall : tooBig
  }
}

function limit(keyword: unknown, otherwise: number): number {
  return typeof keyword === 'number' ? keyword : otherwise
}

/** Reads a number as JSON writes it: no hex, no blanks, no NaN, no infinity. */
export function readNumber(text: string): unknown {
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) return notNumber
  const value = Number(text)
  return Number.isFinite(value) ? value + 0 : notNumber
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
  ['yes', true],
  ['no', false],
  ['on', true],
  ['off', false],
])

/** Reads true or false, 1 or 0, yes or no, on or off, in any case. */
export function readBoolean(text: string): unknown {
  return booleans.get(text) ?? (text.length > 5 ? notBoolean : (booleans.get(text.toLowerCase()) ?? notBoolean))
}

/** Reads the text `null`. */
export function readNull(text: string): unknown {
  return text === 'null' ? null : notNull
}

/** Hands a text on as it is. */
export function readString(text: string): unknown {
  return text
}

/** Reads the JSON text of an object. */
export function readObject(text: string): unknown {
  const value = readJson(text)
  return value instanceof TextFailure || (typeof value === 'object' && value !== null && !Array.isArray(value))
    ? value
    : notObject
}

/** Reads the JSON text of a list. */
export function readJsonList(text: string): unknown {
  const value = readJson(text)
  return value instanceof TextFailure || Array.isArray(value) ? value : notList
}

function readJson(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return notJson
  }
}

/** A reader of members of an `enum` or `const`: the text of a member that is no string (1, true, null), else the text. */
export function memberReader(members: readonly unknown[]): ReadOne {
  const values = new Map<string, unknown>()
  for (const member of members) if (typeof member !== 'object' || member === null) values.set(String(member), member)
  return (text) => (values.has(text) ? values.get(text) : text)
}
