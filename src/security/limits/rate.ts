/** How often, read. */
export interface ReadRate {
  /** So many calls. */
  readonly limit: number
  /** In so many milliseconds; a month has 30 days. */
  readonly window: number
  /** Whether that is one month. */
  readonly month: boolean
  /** The window in words, such as `1 minute`. */
  readonly span: string
  /** All of it in words, such as `100 per 1 minute`. */
  readonly words: string
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Milliseconds by unit. */
const units: Readonly<Record<string, readonly [name: string, milliseconds: number]>> = {
  ...named('second', second, 's', 'sec'),
  ...named('minute', minute, 'm', 'min'),
  ...named('hour', hour, 'h'),
  ...named('day', day, 'd'),
  ...named('week', 7 * day, 'w'),
  ...named('month', 30 * day),
}

function named(name: string, milliseconds: number, ...short: readonly string[]): typeof units {
  return Object.fromEntries([name, `${name}s`, ...short].map((each) => [each, [name, milliseconds]]))
}

/** More than that cannot be counted without losing some. */
const most = 1_000_000_000

/** Reads a rate such as `100/minute`, `10 per 5 seconds` or `1000/h`; undefined where it is none. */
export function readRate(text: string): ReadRate | undefined {
  const [, calls, times = '1', unit = ''] =
    /^\s*(\d{1,10})\s*(?:\/|\bper\b)\s*(\d{1,6}(?=[\sa-z]))?\s*([a-z]+)\s*$/i.exec(text) ?? []
  const found = Object.hasOwn(units, unit.toLowerCase()) ? units[unit.toLowerCase()] : undefined
  const limit = Number(calls)
  const many = Number(times)
  if (found === undefined || !(limit >= 1 && limit <= most && many >= 1)) return undefined
  const [name, milliseconds] = found
  const span = `${many} ${name}${many === 1 ? '' : 's'}`
  const window = milliseconds * many
  return { limit, window, month: name === 'month' && many === 1, span, words: `${limit} per ${span}` }
}

/** What is wrong with a rate, as the end of a sentence; `words` count as rates, too. */
export function rateFault(text: unknown, words: readonly string[]): string | undefined {
  if (typeof text === 'string' && (words.includes(text) || readRate(text) !== undefined)) return undefined
  if (typeof text === 'string' && /^\s*0+\s*(\/|per)/.test(text)) {
    return `has the rate '${text}', which lets nobody call: write 'disallowed' in a rule if that is meant`
  }
  if (text === undefined) return `has no rate: give it one such as '100/minute'`
  const known = words.map((each) => ` or '${each}'`).join('')
  return `has the rate '${text}', which cannot be read: write one such as '100/minute', '10 per 5 seconds'${known}`
}
