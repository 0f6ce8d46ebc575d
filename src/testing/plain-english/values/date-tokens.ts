/** A part of a date format: a token such as `YYYY`, or text that stands for itself. */
export type DatePart = { readonly token: string } | { readonly text: string }

const tokens =
  /\[([^\]]*)\]|YYYY|YY|MMMM|MMM|MM|M|DDDD|DDD|DD|Do|D|dddd|ddd|d|HH|H|hh|h|A|a|mm|m|ss|s|S+|ZZZ|ZZ|Z|X|x|W/g

/** The parts of a format; what is in brackets is text. */
export function dateParts(format: string): readonly DatePart[] {
  const parts: DatePart[] = []
  let end = 0
  for (const match of format.matchAll(tokens)) {
    if (match.index > end) parts.push({ text: format.slice(end, match.index) })
    const [token, text] = match
    parts.push(text === undefined ? { token } : { text })
    end = match.index + token.length
  }
  if (end < format.length) parts.push({ text: format.slice(end) })
  return parts
}

/** The names of months, in order. */
export const months: readonly string[] =
  'January February March April May June July August September October November December'.split(' ')

/** The names of the days of a week, from Monday. */
export const weekdays: readonly string[] = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ')
