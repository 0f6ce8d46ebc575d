import { checkLength, type LineOptions, pieces } from './lines.ts'

/** A server-sent event as it came. */
export interface RawEvent {
  readonly data: string
  readonly event: string
  readonly id: string
}

/** What a stream of events has said so far. */
export interface EventState {
  /** The id of the last event that had one. */
  lastId: string
  /** How long to wait before the stream is opened again, in milliseconds. */
  retry: number
}

/** Reads server-sent events (WHATWG HTML, 9.2.6); one that is cut off is left out. */
export async function* parseEvents(
  source: AsyncIterable<string>,
  state: EventState,
  options?: LineOptions,
): AsyncGenerator<RawEvent, void, undefined> {
  let data: string[] = []
  let size = 0
  let count = 0
  let event = ''
  let id = state.lastId
  for await (const { text, isLast } of pieces(wholeLineEnds(source), () => /\r\n|\r|\n/, options)) {
    if (isLast) return
    count++
    if (text === '') {
      state.lastId = id
      if (data.length > 0) yield { data: data.join('\n'), event: event || 'message', id }
      data = []
      size = 0
      event = ''
      continue
    }
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(text) ?? []
    if (field === 'data') {
      data.push(value)
      size += value.length
      checkLength(size, count, options)
    } else if (field === 'event') event = value
    else if (field === 'id' && !value.includes('\0')) id = value
    else if (field === 'retry' && /^\d+$/.test(value)) state.retry = Number(value)
  }
}

/** A CR LF that comes in two parts is one end of a line; the line is over with the CR, not when more comes. */
async function* wholeLineEnds(source: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let wasReturn = false
  for await (const text of source) {
    yield wasReturn && text.startsWith('\n') ? text.slice(1) : text
    wasReturn = text.endsWith('\r')
  }
}
