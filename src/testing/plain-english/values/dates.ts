import { nearest } from '../../../kernel/nearest.ts'
import type { Memory } from '../memory.ts'
import type { World } from '../world.ts'
import { localFields, momentOf, utcFields } from './date-fields.ts'
import { formatDate } from './format-date.ts'
import { parseDate } from './parse-date.ts'
import { randomOf } from './random.ts'

const memory: Memory<Map<string, string>> = {
  scope: 'feature',
  make: () => new Map([['default', 'YYYY-MM-DDTHH:mm:ss']]),
}

/** Gives a date format a name. @throws Error when it is written with letters of another language of formats */
export function nameDateFormat(world: World, name: string, tokens: string): void {
  checkTokens(tokens)
  world.recall(memory).set(name, tokens)
}

/** The tokens of a format that is given by its name or as it is. @throws Error when it is neither */
export function dateFormat(world: World, format: string): string {
  const known = world.recall(memory)
  const tokens = known.get(format)
  if (tokens !== undefined) return tokens
  checkTokens(format)
  if (/YY|MM|DD|HH|hh|mm|ss|^[XxW]$|^\[/.test(format)) return format
  const near = nearest(format, [...known.keys()])
  const meant = near === undefined ? '' : `write "${near}" if that is meant, or `
  throw new Error(
    `No date format has the name "${format}": ${meant}name it with 'date format "${format}" "YYYY-MM-DD"'`,
  )
}

/** Java, .NET and Unix write years and days in other letters, which would stand for something else here, or for nothing. */
function checkTokens(format: string): void {
  const [strange] = /yyyy|yy|%[YmdHMS]|(?<!d)dd(?!d)/.exec(format.replaceAll(/\[[^\]]*\]/g, '')) ?? []
  if (strange === undefined) return
  throw new Error(
    `The date format "${format}" has "${strange}": write YYYY for the year, MM for the month and DD for the day, as in "YYYY-MM-DD"`,
  )
}

/** The present moment, moved as `change` does. */
export function writtenNow(
  world: World,
  zone: 'local' | 'UTC',
  format: string,
  change: (now: Date) => Date = (now) => now,
): string {
  const moment = change(world.clock.now())
  return formatDate(zone === 'UTC' ? utcFields(moment) : localFields(moment), dateFormat(world, format))
}

/** A moment that a text of the format says. */
export function readDate(world: World, text: string, format: string): Date {
  return momentOf(parseDate(text, dateFormat(world, format)))
}

/** Where random moments lie, said with one end or both, in either order; within 10,000 days of now if nothing says it. */
export interface DateRange {
  readonly after?: string
  readonly before?: string
  readonly between?: readonly [one: string, other: string]
}

/** A random moment in a range, in the format in which its ends are written. */
export function randomDate(world: World, format: string, range: DateRange = {}): string {
  const read = (text: string): number => readDate(world, text, format).getTime()
  const moment = randomOf(world).between(...ends(range, read, world.clock.now().getTime()))
  return formatDate(utcFields(new Date(moment)), dateFormat(world, format))
}

/** The first and the last moment that may be; at least a day from an open end, so that formats without a time hold too. */
function ends({ after, before, between }: DateRange, read: (text: string) => number, now: number): [number, number] {
  if (between !== undefined) {
    const [one, other] = between.map(read) as [number, number]
    return [Math.min(one, other), Math.max(one, other)]
  }
  if (after !== undefined) return [read(after) + day, read(after) + span]
  if (before !== undefined) return [read(before) - span, read(before) - day]
  return [now - span / 10, now + span / 10]
}

const day = 86_400_000
const span = 100_000 * day
