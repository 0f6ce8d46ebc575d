import { discard } from '../discard.ts'
import { type ClientTime, machineTime } from '../time.ts'
import { wait } from '../wait.ts'
import { type Source, type StreamedReply, texts } from './bytes.ts'
import { type EventState, parseEvents } from './event-parser.ts'
import { type ItemOptions, readItem } from './item.ts'
import type { LineOptions } from './lines.ts'

/** An event that a server has sent. */
export interface ServerSentEvent<T = string> {
  /** The text of the event; with a schema, the item that the schema makes of its JSON. */
  readonly data: T
  /** Its kind; `'message'` if the server does not say. */
  readonly event: string
  /** The id of the last event that had one, or `''`. */
  readonly id: string
}

/** How events are read, and whether a stream that ends is opened again. */
export interface EventsOptions<T> extends ItemOptions<T>, LineOptions {
  /**
   * Opens the stream again when it ends or breaks, until the server answers 204: `true` makes the call once more with the
   * `Last-Event-ID`, a function is given that id, which is `''` when no event had one. Events end with their stream if it is
   * not given.
   */
  readonly reopen?: boolean | ((lastEventId: string) => Promise<StreamedReply>) | undefined
  /** How long to wait before that, in milliseconds, until the server says otherwise; 3,000 if not given. */
  readonly retry?: number | undefined
  /** How often in a row opening may fail before its error is thrown, each after twice the time; 5 if not given. */
  readonly attempts?: number | undefined
  /** Ends the waiting; that of the call if not given, with which the stream itself ends. */
  readonly signal?: AbortSignal | undefined
  /** The clock to wait by; that of the client if not given. */
  readonly time?: ClientTime | undefined
}

/** How events are read when it is settled how to open them again. */
export interface ReadEventsOptions<T> extends Omit<EventsOptions<T>, 'reopen'> {
  readonly reopen?: ((lastEventId: string) => Promise<StreamedReply>) | undefined
}

const leastWait = 1000
const longestWait = 30_000

/**
 * Server-sent events as they come (WHATWG HTML, 9.2). With `reopen`, a stream that ends or breaks is opened again behind its
 * last event, as browsers do it.
 *
 * @throws ItemError for an event that does not fit the schema; TypeError for a reply of another media type
 */
export async function* serverSentEvents<T = string>(
  source: Source,
  options: ReadEventsOptions<T> = {},
): AsyncGenerator<ServerSentEvent<T>, void, undefined> {
  const { schema, retry = 3000 } = options
  const state: EventState = { lastId: '', retry }
  let count = 0
  for (let stream: Source | undefined = source; stream !== undefined; stream = await opened(state, options)) {
    await checkType(stream)
    for await (const event of parseEvents(textsOf(stream, options), state, options)) {
      count++
      yield { ...event, data: schema ? await readItem(event.data, ['Event', count], schema) : (event.data as T) }
    }
  }
}

/** The text of a stream; where the stream may be opened again, it ends where it breaks. */
async function* textsOf<T>(stream: Source, { reopen, signal }: ReadEventsOptions<T>): AsyncGenerator<string> {
  try {
    yield* texts(stream)
  } catch (error) {
    if (reopen === undefined || isEnough(error, signal)) throw error
  }
}

/** The stream that follows one that has ended; undefined when there is to be none. */
async function opened<T>(state: EventState, options: ReadEventsOptions<T>): Promise<StreamedReply | undefined> {
  const { reopen, attempts = 5, signal = new AbortController().signal, time = machineTime } = options
  if (reopen === undefined) return undefined
  for (let failed = 0; ; failed++) {
    // After a failure some time has to pass, whatever the server has said when it still was there.
    const patience = failed && Math.min(Math.max(state.retry, leastWait) * 2 ** failed, longestWait)
    await wait(Math.max(state.retry, patience), time, signal)
    const isLast = failed + 1 >= attempts
    let reply: StreamedReply
    try {
      reply = await reopen(state.lastId)
    } catch (error) {
      if (isLast || isEnough(error, signal) || isRefusal(Object(error).status)) throw error
      continue
    }
    if (reply.status === 204) return undefined
    if (reply.status < 300) return reply
    await discard(reply)
    if (isLast || isRefusal(reply.status)) {
      throw new TypeError(`The stream of events could not be opened again: the server answered ${reply.status}`)
    }
  }
}

/** Whether a status, of a reply or of the error that was made of it, will be the same the next time. */
function isRefusal(status: unknown): boolean {
  return typeof status === 'number' && status < 500 && status !== 429
}

function isEnough(error: unknown, signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true || (error instanceof Error && error.name === 'AbortError')
}

async function checkType(stream: Source): Promise<void> {
  if (!('headers' in stream)) return
  const type = stream.headers.get('content-type') ?? 'text/event-stream'
  if (/^text\/event-stream *(?:;|$)/i.test(type)) return
  await discard(stream)
  throw new TypeError(`The reply is '${type}', not 'text/event-stream': check the address of the events`)
}
