import type { StreamEventOptions } from '../../kernel/stream-event.ts'

/**
 * Writes one server-sent event (WHATWG HTML, 9.2). What could break out of its field does not: an id or a kind with a
 * line break or NUL in it, and a time to wait that is no whole number.
 *
 * @throws TypeError for those.
 */
export function eventText(data: string, { id, event, retry }: StreamEventOptions): string {
  let text = ''
  if (event !== undefined) text += `event: ${oneLine('event', event)}\n`
  if (id !== undefined) text += `id: ${oneLine('id', id)}\n`
  if (retry !== undefined) text += `retry: ${milliseconds(retry)}\n`
  for (const line of data.split(/\r\n|\r|\n/)) text += `data: ${line}\n`
  return `${text}\n`
}

function oneLine(field: string, value: string): string {
  // A NUL makes clients ignore an id.
  if (/[\r\n\0]/.test(value)) throw new TypeError(`The ${field} of an event is one line of text without NUL`)
  return value
}

function milliseconds(retry: number): number {
  if (Number.isInteger(retry) && retry >= 0) return retry
  throw new TypeError(`The retry of an event is a whole number of milliseconds, not ${retry}`)
}
