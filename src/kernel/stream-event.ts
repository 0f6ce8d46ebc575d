/** What may be told of an item of a stream besides its data; server-sent events carry it, other formats leave it out. */
export interface StreamEventOptions {
  /** What a client that comes back names in `Last-Event-ID`. */
  readonly id?: string | undefined
  /** The kind of event, by which a browser's `EventSource` chooses the listener. */
  readonly event?: string | undefined
  /** How long the client waits before it comes back, in milliseconds. */
  readonly retry?: number | undefined
}

/**
 * An item of a stream with what is told of it; made by {@link event}.
 *
 * ```ts
 * event({ tick: 1 }, { id: '1' }) instanceof StreamEvent // => true
 * ```
 */
export class StreamEvent<out T = unknown> {
  /** The item itself. */
  readonly data: T
  /** What a client that comes back names in `Last-Event-ID`. */
  readonly id: string | undefined
  /** The kind of event. */
  readonly event: string | undefined
  /** How long the client waits before it comes back, in milliseconds. */
  readonly retry: number | undefined

  constructor(data: T, { id, event, retry }: StreamEventOptions = {}) {
    this.data = data
    this.id = id
    this.event = event
    this.retry = retry
  }
}

/**
 * An item of a stream with an id, a kind or a time to wait before coming back, as server-sent events have them.
 *
 * ```ts
 * const ticks = service({
 *   name: 'ticks',
 *   output: stream(z.object({ tick: z.int() })),
 *   on: get('/ticks'),
 *   handle: function* () {
 *     yield event({ tick: 1 }, { id: '1' })
 *   },
 * })
 * await using app = createApp({ services: [ticks] })
 * const reply = await app.fetch(new Request('http://localhost/ticks', { headers: { accept: 'text/event-stream' } }))
 * await reply.text() // => 'id: 1\ndata: {"tick":1}\n\n'
 * ```
 */
export function event<const T>(data: T, options?: StreamEventOptions): StreamEvent<T> {
  return new StreamEvent(data, options)
}
