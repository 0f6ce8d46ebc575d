/** How many milliseconds a reply asks to wait (RFC 9110, 10.2.3); undefined when it does not say so in a way that can be read. */
export function waitAsked({ headers }: Response, now: number): number | undefined {
  const asked = headers.get('retry-after')?.trim() ?? ''
  if (/^\d+$/.test(asked)) return Number(asked) * 1000
  // Without the zone, a date would be read in that of the machine.
  const date = asked.endsWith('GMT') ? Date.parse(asked) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
