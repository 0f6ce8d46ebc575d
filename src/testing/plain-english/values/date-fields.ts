/** A moment as a calendar and a clock show it. */
export interface DateFields {
  readonly year: number
  /** From 1. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
  /** How many minutes the clock is ahead of UTC. */
  readonly offset: number
}

/** What a clock in UTC shows. */
export function utcFields(date: Date): DateFields {
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
    offset: 0,
  }
}

/** What the clock of this machine shows. */
export function localFields(date: Date): DateFields {
  // `|| 0`, because the offset of UTC would be -0.
  const offset = -date.getTimezoneOffset() || 0
  return { ...utcFields(new Date(date.getTime() + offset * 60_000)), offset }
}

/** The moment. */
export function momentOf({ year, month, day, hour, minute, second, millisecond, offset }: DateFields): Date {
  const date = new Date(0)
  // `Date.UTC` takes years below 100 for those of the last century.
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute - offset, second, millisecond)
  return date
}

/** The day of the year, from 1. */
export function dayOfYear({ year, month, day }: DateFields): number {
  return (utcDay(year, month, day) - utcDay(year, 1, 1)) / dayLength + 1
}

/** The day of the week, from 1 for Monday to 7 for Sunday. */
export function dayOfWeek({ year, month, day }: DateFields): number {
  return new Date(utcDay(year, month, day)).getUTCDay() || 7
}

/** The year and the number of the week, as ISO 8601 counts them: the first week has the first Thursday. */
export function isoWeek(fields: DateFields): { readonly year: number; readonly week: number } {
  const thursday = new Date(utcDay(fields.year, fields.month, fields.day + 4 - dayOfWeek(fields)))
  const year = thursday.getUTCFullYear()
  return { year, week: Math.floor((thursday.getTime() - utcDay(year, 1, 1)) / (7 * dayLength)) + 1 }
}

/** How many days a month has. */
export function daysIn(year: number, month: number): number {
  return new Date(utcDay(year, month + 1, 0)).getUTCDate()
}

const dayLength = 86_400_000

function utcDay(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day)
}
