import { type DateFields, dayOfWeek, dayOfYear, isoWeek, momentOf } from './date-fields.ts'
import { dateParts, months, weekdays } from './date-tokens.ts'

/** A moment written in a format, such as `YYYY-MM-DDTHH:mm:ss`. */
export function formatDate(fields: DateFields, format: string): string {
  const written = (token: string): string =>
    token.startsWith('S') ? fraction(fields, token.length) : (writers[token]?.(fields) ?? token)
  return dateParts(format)
    .map((part) => ('text' in part ? part.text : written(part.token)))
    .join('')
}

const writers: Readonly<Record<string, (fields: DateFields) => string>> = {
  YYYY: ({ year }) => padded(year, 4),
  YY: ({ year }) => padded(year % 100, 2),
  MMMM: ({ month }) => months[month - 1] ?? '',
  MMM: ({ month }) => (months[month - 1] ?? '').slice(0, 3),
  MM: ({ month }) => padded(month, 2),
  M: ({ month }) => String(month),
  DDDD: (fields) => padded(dayOfYear(fields), 3),
  DDD: (fields) => String(dayOfYear(fields)),
  DD: ({ day }) => padded(day, 2),
  Do: ({ day }) => ordinal(day),
  D: ({ day }) => String(day),
  dddd: (fields) => weekdays[dayOfWeek(fields) - 1] ?? '',
  ddd: (fields) => (weekdays[dayOfWeek(fields) - 1] ?? '').slice(0, 3),
  d: (fields) => String(dayOfWeek(fields)),
  HH: ({ hour }) => padded(hour, 2),
  H: ({ hour }) => String(hour),
  hh: ({ hour }) => padded(hour % 12 || 12, 2),
  h: ({ hour }) => String(hour % 12 || 12),
  A: ({ hour }) => (hour < 12 ? 'AM' : 'PM'),
  a: ({ hour }) => (hour < 12 ? 'am' : 'pm'),
  mm: ({ minute }) => padded(minute, 2),
  m: ({ minute }) => String(minute),
  ss: ({ second }) => padded(second, 2),
  s: ({ second }) => String(second),
  ZZZ: ({ offset }) => (offset === 0 ? 'UTC' : `UTC${zone(offset, ':')}`),
  ZZ: ({ offset }) => zone(offset, ':'),
  Z: ({ offset }) => zone(offset, ''),
  X: (fields) => String(Math.floor(momentOf(fields).getTime() / 1000)),
  x: (fields) => String(momentOf(fields).getTime()),
  W: (fields) => {
    const { year, week } = isoWeek(fields)
    return `${padded(year, 4)}-W${padded(week, 2)}-${dayOfWeek(fields)}`
  },
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0')
}

function fraction({ millisecond }: DateFields, digits: number): string {
  return padded(millisecond, 3).padEnd(digits, '0').slice(0, digits)
}

function zone(offset: number, separator: string): string {
  const minutes = Math.abs(offset)
  return `${offset < 0 ? '-' : '+'}${padded(Math.floor(minutes / 60), 2)}${separator}${padded(minutes % 60, 2)}`
}

function ordinal(day: number): string {
  const ending = day % 100 > 10 && day % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th')
  return `${day}${ending}`
}
