import { moved } from './values/duration.ts'

/** A duration such as `500 milliseconds` or `2 minutes` in milliseconds; a number alone is of seconds. */
export function millisecondsOf(text: string): number {
  const trimmed = text.trim()
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed) * 1000
  return moved(new Date(0), trimmed, 1).getTime()
}
