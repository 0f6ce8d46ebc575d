import { type DateFields, daysIn, utcFields } from './date-fields.ts'
import { type DatePart, dateParts, months, weekdays } from './date-tokens.ts'

interface Read {
  year?: number
  month?: number
  day?: number
  yearDay?: number
  hour?: number
  afternoon?: boolean
  minute?: number
  second?: number
  millisecond?: number
  offset?: number
  moment?: number
}

interface Reader {
  readonly pattern: string
  readonly take: (read: Read, text: string) => void
}

/**
 * Reads a moment that is written in a format, with nothing before or behind it; without a zone it is one in UTC.
 *
 * @throws Error when it is written in another way, or is no moment
 */
export function parseDate(text: string, format: string): DateFields {
  const parts = dateParts(format)
  const pattern = new RegExp(`^${parts.map(patternOf).join('')}$`, 'i')
  const found = pattern.exec(text.trim())
  if (found === null) throw new Error(`The date '${text}' is not written as '${format}'`)
  const read: Read = {}
  const readers = parts.flatMap((part) => ('token' in part ? [readerOf(part.token)] : []))
  for (const [index, reader] of readers.entries()) reader.take(read, found[index + 1] ?? '')
  return fieldsOf(read, text)
}

function patternOf(part: DatePart): string {
  return 'token' in part ? `(${readerOf(part.token).pattern})` : part.text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

function fieldsOf(read: Read, text: string): DateFields {
  if (read.moment !== undefined) return checked(utcFields(new Date(read.moment)), text)
  const { year = 1, month = 1, day = 1, minute = 0, second = 0, millisecond = 0, offset = 0, afternoon } = read
  const hour = afternoon === undefined ? (read.hour ?? 0) : ((read.hour ?? 12) % 12) + (afternoon ? 12 : 0)
  const fields = { year, month, day, hour, minute, second, millisecond, offset }
  if (read.yearDay === undefined) return checked(fields, text)
  const start = new Date(0)
  start.setUTCFullYear(year, 0, read.yearDay)
  return checked({ ...fields, month: start.getUTCMonth() + 1, day: start.getUTCDate() }, text)
}

function checked(fields: DateFields, text: string): DateFields {
  const { year, month, day, hour, minute, second } = fields
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
  // A leap second is the last of its minute, and taken for the next one.
  if (exists && hour < 24 && minute < 60 && second <= 60) return fields
  throw new Error(`The date '${text}' does not exist`)
}

function number(pattern: string, name: Exclude<keyof Read, 'afternoon'>): Reader {
  return {
    pattern,
    take: (read, text) => {
      read[name] = Number.parseInt(text, 10)
    },
  }
}

function ignored(pattern: string): Reader {
  return { pattern, take: () => {} }
}

function named(names: readonly string[]): Reader {
  return {
    pattern: names.join('|'),
    take: (read, text) => {
      read.month = names.findIndex((name) => name.toLowerCase() === text.toLowerCase()) + 1
    },
  }
}

const shortly = (names: readonly string[]): readonly string[] => names.map((name) => name.slice(0, 3))

const two = '\\d\\d'
const oneOrTwo = '\\d{1,2}'
const half: Reader = {
  pattern: 'am|pm',
  take: (read, text) => {
    read.afternoon = text.toLowerCase() === 'pm'
  },
}
const zone: Reader = {
  pattern: 'Z|UTC|[+-]\\d\\d:?\\d\\d',
  take: (read, text) => {
    const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)$/.exec(text) ?? []
    read.offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  },
}
const fraction: Reader = {
  pattern: '\\d+',
  take: (read, text) => {
    read.millisecond = Number(text.padEnd(3, '0').slice(0, 3))
  },
}

const readers: Readonly<Record<string, Reader>> = {
  YYYY: number('\\d{4}', 'year'),
  YY: {
    pattern: two,
    take: (read, text) => {
      read.year = Number(text) + (Number(text) > 68 ? 1900 : 2000)
    },
  },
  MMMM: named(months),
  MMM: named(shortly(months)),
  MM: number(two, 'month'),
  M: number(oneOrTwo, 'month'),
  DDDD: number('\\d{3}', 'yearDay'),
  DDD: number('\\d{1,3}', 'yearDay'),
  DD: number(two, 'day'),
  D: number(oneOrTwo, 'day'),
  Do: number('\\d{1,2}(?:st|nd|rd|th)', 'day'),
  dddd: ignored(weekdays.join('|')),
  ddd: ignored(shortly(weekdays).join('|')),
  d: ignored('[1-7]'),
  HH: number(two, 'hour'),
  H: number(oneOrTwo, 'hour'),
  hh: number(two, 'hour'),
  h: number(oneOrTwo, 'hour'),
  A: half,
  a: half,
  mm: number(two, 'minute'),
  m: number(oneOrTwo, 'minute'),
  ss: number(two, 'second'),
  s: number(oneOrTwo, 'second'),
  ZZZ: zone,
  ZZ: zone,
  Z: zone,
  X: {
    pattern: '-?\\d+(?:\\.\\d+)?',
    take: (read, text) => {
      read.moment = Math.round(Number(text) * 1000)
    },
  },
  x: number('-?\\d+', 'moment'),
}

function readerOf(token: string): Reader {
  if (token.startsWith('S')) return fraction
  const reader = readers[token]
  if (reader === undefined) throw new Error(`Dates are written with '${token}', but cannot be read with it`)
  return reader
}
