const lengths: Readonly<Record<string, number>> = {
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
}

const short: Readonly<Record<string, string>> = {
  ms: 'millisecond',
  s: 'second',
  sec: 'second',
  m: 'minute',
  min: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
}

/**
 * Moves a moment by a duration such as `2 days`, `1 hour and 30 minutes` or `an hour`; months and years keep the day of the
 * month where the new month has it.
 *
 * @throws Error when it is written in another way
 */
export function moved(moment: Date, duration: string, direction: 1 | -1): Date {
  return partsOf(duration).reduce((date, { amount, unit }) => step(date, amount * direction, unit), moment)
}

interface Part {
  readonly amount: number
  readonly unit: string
}

function partsOf(duration: string): readonly Part[] {
  const parts = duration
    .trim()
    .split(/\s*,\s*|\s+and\s+|(?<=[a-z])\s+(?=\d)/i)
    .map((text) => partOf(text.trim()))
  const known = parts.filter((part) => part !== undefined)
  if (known.length === parts.length) return known
  throw new Error(`The duration '${duration}' is not understood: write it as "2 days" or "1 hour and 30 minutes"`)
}

function partOf(text: string): Part | undefined {
  const [, digits = '', name = ''] = /^(\d+(?:\.\d+)?|an?|one)\s*([a-z]+)$/i.exec(text) ?? []
  const small = name.toLowerCase()
  const unit = short[small] ?? small.replace(/s$/, '')
  const amount = /\d/.test(digits) ? Number(digits) : 1
  const isWhole = unit === 'month' || unit === 'year'
  if (!isWhole && lengths[unit] === undefined) return undefined
  return isWhole && !Number.isInteger(amount) ? undefined : { amount, unit }
}

function step(date: Date, amount: number, unit: string): Date {
  const length = lengths[unit]
  if (length !== undefined) return new Date(date.getTime() + amount * length)
  const months = unit === 'year' ? amount * 12 : amount
  const next = new Date(date)
  next.setUTCDate(1)
  next.setUTCMonth(next.getUTCMonth() + months)
  const last = new Date(Date.UTC(next.getUTCFullYear(), next.getUTCMonth() + 1, 0)).getUTCDate()
  next.setUTCDate(Math.min(date.getUTCDate(), last))
  return next
}
