import { StreamEvent } from '../../kernel/stream-event.ts'
import { eventText } from './event-text.ts'

/** The media types in which a stream can be sent. */
export type StreamType =
  | 'application/jsonl'
  | 'application/x-ndjson'
  | 'application/json-seq'
  | 'application/json'
  | 'text/event-stream'

/** How a stream is written in one media type. */
export interface StreamFormat {
  /** Writes an item; `first` tells whether it is the first one. */
  readonly item: (item: unknown, first: boolean) => string
  /** What stands behind the last item; `empty` tells whether there was none. */
  readonly end: (empty: boolean) => string
  /** Tells of a problem in the middle; where there is no such thing, the connection is cut, so that nothing looks whole. */
  readonly fault?: (problem: string) => string
  /** Tells that the stream still lives. */
  readonly alive?: string
}

const nothing = (): string => ''
const lines: StreamFormat = { item: (item) => `${json(item)}\n`, end: nothing }

/** The media types of streams; the first is the one for clients that take anything. */
export const streamFormats: Readonly<Record<StreamType, StreamFormat>> = {
  'application/jsonl': lines,
  'application/x-ndjson': lines,
  // RFC 7464: a record separator in front of each text, a line feed behind it.
  'application/json-seq': { item: (item) => `\u001e${json(item)}\n`, end: nothing },
  'application/json': {
    item: (item, first) => `${first ? '[' : ','}${json(item)}`,
    end: (empty) => (empty ? '[]' : ']'),
  },
  'text/event-stream': {
    item: (item) => eventText(json(item), item instanceof StreamEvent ? item : {}),
    end: nothing,
    fault: (problem) => eventText(problem, { event: 'problem' }),
    alive: ':\n\n',
  },
}

/** All media types of streams. */
export const streamTypes: readonly StreamType[] = Object.keys(streamFormats) as StreamType[]

function json(item: unknown): string {
  return JSON.stringify(item instanceof StreamEvent ? item.data : item) ?? 'null'
}
