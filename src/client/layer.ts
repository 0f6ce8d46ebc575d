/** What a request sends: given as it is, or made anew each time that it is sent. */
export interface OutgoingBody {
  /** The content, once for each attempt. */
  readonly open: () => NonNullable<RequestInit['body']>
  /** Whether `open` may be called more than once: false for a stream, which is gone when it has been sent. */
  readonly replayable: boolean
}

/** A request on its way out: plain data, so that a layer may change it, or send it again. */
export interface OutgoingRequest {
  /** In upper case. */
  readonly method: string
  /** Where it goes. */
  readonly url: URL
  /** The address as errors show it, where `url` has a secret in it; `url` if not given. */
  readonly shown?: URL | undefined
  /** The headers, without those that the platform adds. */
  readonly headers: Headers
  /** What it carries. */
  readonly body: OutgoingBody | undefined
  /** Aborts when the caller has had enough, or when the time for the whole call is up. */
  readonly signal: AbortSignal
}

/** Sends a request and gives the reply. */
export type Send = (request: OutgoingRequest) => Promise<Response>

/**
 * One thing that a client does around each request, such as authentication or retries: it may change the request, send
 * it through `next` once, more often or never, and change the reply.
 */
export type Layer = (request: OutgoingRequest, next: Send) => Promise<Response>

/** The layers around what really sends, the first outermost. */
export function layered(layers: readonly Layer[], send: Send): Send {
  return layers.reduceRight<Send>((next, layer) => (request) => layer(request, next), send)
}
