import type { Link } from './pages/links.ts'
import type { ItemOptions } from './read/item.ts'
import type { LineOptions } from './read/lines.ts'
import type { EventsOptions, ServerSentEvent } from './read/server-sent-events.ts'
import type { StandardSchema } from './read/standard.ts'

/** A redirect that was followed. */
export interface RedirectStep {
  /** The status of the redirect. */
  readonly status: number
  /** The method of the request that was answered with it. */
  readonly method: string
  /** The address that was asked. */
  readonly url: string
  /** The headers of the redirect. */
  readonly headers: Headers
}

/** The ways to read a body. What is read whole may be read again; a stream is gone when it was read. */
export interface Readings<T = unknown> {
  /** The body as JSON, checked by the schema if there is one, and given as the schema makes it. */
  json<Output = T>(schema?: StandardSchema<Output>): Promise<Output>
  /** The body as text, in the charset of its `Content-Type`, or else in UTF-8. */
  text(): Promise<string>
  /** The body as bytes. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>
  /** The body as a blob with its media type. */
  blob(): Promise<Blob>
  /** The body as the fields of a form. */
  formData(): Promise<FormData>
  /** The lines of the body as they come. */
  lines(options?: LineOptions): AsyncIterableIterator<string>
  /** The items of JSON Lines as they come. */
  items<Item = T>(options?: ItemOptions<Item> & LineOptions): AsyncIterableIterator<Item>
  /** The server-sent events of the body as they come; a call that is read so at once asks for them with `Accept`. */
  events<Data = string>(options?: EventsOptions<Data>): AsyncIterableIterator<ServerSentEvent<Data>>
}

/** The answer to a request, whatever its status is. */
export interface Reply<T = unknown> extends Readings<T>, AsyncDisposable {
  /** The status code. */
  readonly status: number
  /** What the server calls the status. */
  readonly statusText: string
  /** Whether the status is below 400; a redirect that a browser does not show has the status 0. */
  readonly ok: boolean
  /** The headers, whose names may be written in any case. */
  readonly headers: Headers
  /** The method that was asked with, at last. */
  readonly method: string
  /** The address that has answered, after all redirects. */
  readonly url: string
  /** Milliseconds from the call until the headers of the reply. */
  readonly elapsed: number
  /** The redirects that were followed; empty in browsers, which do not tell. */
  readonly history: readonly RedirectStep[]
  /** The links of the `Link` header by their relations, such as `next`. */
  readonly links: Readonly<Record<string, Link>>
  /** The cookies that the reply sets; empty in browsers, which do not tell. */
  readonly cookies: Readonly<Record<string, string>>
  /** The charset in which `text` reads the body. */
  readonly encoding: string
  /** The body in parts as they come; only a body that was read whole can be read again. */
  stream(): ReadableStream<Uint8Array>
  /** The reply itself if its status is below 400. @throws HttpError otherwise */
  raiseForStatus(): Promise<Reply<T>>
  /** Lets go of a body that nobody reads, so that its connection is free. */
  discard(): Promise<void>
}

/** The promise of a reply. Asked for the data, it raises an HttpError for statuses of 400 and above. */
export interface ReplyPromise<T = unknown> extends Promise<Reply<T>>, Readings<T> {
  /** The body in parts as they come. */
  stream(): Promise<ReadableStream<Uint8Array>>
  /** The reply if its status is below 400. @throws HttpError otherwise */
  raiseForStatus(): Promise<Reply<T>>
}
