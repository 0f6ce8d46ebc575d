const minutesOfDay = 24 * 60

/** Whether a moment, in milliseconds since 1970, lies within a time of the day. */
export type Within = (now: number) => boolean

/** What is wrong with a time of day or its zone, as the end of a sentence. */
export function timeOfDayFault(between: readonly string[], timeZone: string | undefined): string | undefined {
  const broken = between.find((each) => minutesOf(each) === undefined)
  if (broken !== undefined || between.length !== 2) {
    return `has a rule between '${between.join("' and '")}': give two times of the day, such as ['22:00', '06:00']`
  }
  if (between[0] === between[1]) {
    return `has a rule between '${between[0]}' and itself: leave 'between' out for the whole day`
  }
  if (timeZone === undefined || isTimeZone(timeZone)) return undefined
  return `has a rule in the time zone '${timeZone}', which is none: give one such as 'Europe/Berlin'`
}

/** Compiles a time of day, from its first minute to the one before its end; it may go past midnight. */
export function timeOfDay([from, to]: readonly [string, string], timeZone: string = 'UTC'): Within {
  const begin = minutesOf(from) ?? 0
  const end = minutesOf(to) ?? minutesOfDay
  const minuteIn = minuteOfDay(timeZone)
  return (now) => {
    const minute = minuteIn(now)
    return begin < end ? minute >= begin && minute < end : minute >= begin || minute < end
  }
}

function minutesOf(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{2}):([0-5]\d)$/.exec(text) ?? []
  if (hours === undefined) return undefined
  const all = Number(hours) * 60 + Number(minutes)
  return all <= minutesOfDay ? all : undefined
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** The minute of the day on the clocks of a zone. They are read once a minute, since that takes a while. */
function minuteOfDay(timeZone: string): (now: number) => number {
  if (timeZone === 'UTC') return (now) => Math.floor(now / 60_000) % minutesOfDay
  const format = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' })
  let read = Number.NaN
  let minute = 0
  return (now) => {
    const current = Math.floor(now / 60_000)
    if (current !== read) {
      read = current
      const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, Number(value)]))
      minute = (parts.hour ?? 0) * 60 + (parts.minute ?? 0)
    }
    return minute
  }
}
