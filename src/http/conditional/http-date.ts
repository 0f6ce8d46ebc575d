const fixed = /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/
const rfc850 = /^\w{6,9}, \d{2}-\w{3}-\d{2} \d{2}:\d{2}:\d{2} GMT$/
const asctime = /^\w{3} \w{3} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/

/** An HTTP date in any of its three forms (RFC 9110, 5.6.7) as milliseconds since 1970; undefined for anything else. */
export function readHttpDate(text: string): number | undefined {
  if (fixed.test(text) || rfc850.test(text)) return numberOf(Date.parse(text.replaceAll('-', ' ')))
  return asctime.test(text) ? numberOf(Date.parse(`${text} GMT`)) : undefined
}

function numberOf(time: number): number | undefined {
  return Number.isNaN(time) ? undefined : time
}
