import type { Auth } from './auth/auth.ts'
import type { Circuit } from './circuit/circuit.ts'
import type { CookieJar } from './cookies/jar.ts'
import type { Layer, OutgoingRequest } from './layer.ts'
import type { Pairs } from './pairs.ts'
import type { Reply } from './reply.ts'
import type { Retry, RetrySettings } from './retry/retry.ts'
import type { ClientTime } from './time.ts'
import type { TraceSource } from './trace/trace.ts'

/** What sends requests in the end: the platform's `fetch`, that of an app, or a mock. */
export type Transport = (request: Request) => Promise<Response> | Response

/** Headers to send: `null` takes one away that the session has. `Authorization` and `Cookie` of a client go to the origin of its base URL alone. */
export type HeaderSettings =
  | Readonly<Record<string, string | number | null | undefined>>
  | Iterable<readonly [name: string, value: string]>
  | Headers

/** How long to wait, in milliseconds. Of what the program does between two waits, no time counts. */
export interface TimeoutSettings {
  /** For everything: retries, redirects and the reading of the body, but not of one that is read as a stream; 30,000 if not given. */
  readonly total?: number | false | undefined
  /** For one attempt of several, with its redirects, until the headers of its reply are there. */
  readonly attempt?: number | undefined
  /** For one exchange, until the headers of its reply are there. */
  readonly headers?: number | undefined
  /** For the next part of a body. */
  readonly idle?: number | undefined
}

/** One function or several, called in their order. */
export type OneOrMany<T> = T | readonly T[]

/** Functions that are told what happens, and may change it. */
export interface ClientHooks {
  /** Called before the first attempt of a call; what it returns is sent instead. */
  readonly onRequest?:
    | OneOrMany<(request: OutgoingRequest) => OutgoingRequest | void | Promise<OutgoingRequest | void>>
    | undefined
  /** Called with the reply that a call gets in the end, before the caller has it. */
  readonly onReply?: OneOrMany<(reply: Reply) => void | Promise<void>> | undefined
  /** Called before an attempt is made again. */
  readonly onRetry?: OneOrMany<(retry: Retry) => void> | undefined
  /** Called with the error that a call fails with, because no reply came or its status is 400 or above; what it returns is thrown instead. */
  readonly onError?: OneOrMany<(error: unknown) => unknown> | undefined
}

/** What holds for each call of a client, and what a call may say otherwise. */
export interface SharedSettings {
  /** Headers to send; those of a call are laid over those of its client. */
  readonly headers?: HeaderSettings | undefined
  /** Parameters of the path and the query; those of a call are laid over those of its client. */
  readonly params?: Pairs | undefined
  /** How long to wait, as milliseconds in all or phase by phase; `false` waits for ever. */
  readonly timeout?: number | false | TimeoutSettings | undefined
  /** Who is calling; `false` sends no credentials. */
  readonly auth?: Auth | false | undefined
  /** When requests are sent again: how often at most, or in detail; never if not given. */
  readonly retry?: RetrySettings | number | boolean | undefined
  /** Where the correlation id and the trace to pass on come from. */
  readonly trace?: TraceSource | undefined
  /** Redirects are followed if not given; `manual` gives the redirect as the reply, `error` fails. */
  readonly redirect?: 'follow' | 'manual' | 'error' | undefined
  /** Up to how many redirects are followed; 20 if not given. Browsers have their own limit. */
  readonly maxRedirects?: number | undefined
  /** Fails for statuses of 400 and above, also where the reply itself is asked for. */
  readonly raiseForStatus?: boolean | undefined
  /** The longest body that is read, in bytes; any if not given. */
  readonly maxBytes?: number | undefined
  /** Whether browsers send their cookies; `same-origin` if not given. */
  readonly credentials?: 'omit' | 'same-origin' | 'include' | undefined
  /** `meta` takes the `data` out of replies of the form `{ meta, data }`. */
  readonly envelope?: 'none' | 'meta' | undefined
}

/** The settings of a client. */
export interface ClientSettings extends SharedSettings, ClientHooks {
  /** What paths are below; a path of it stays, so that `/x` below `https://host/api` is `https://host/api/x`. */
  readonly baseUrl?: string | URL | undefined
  /** Where cookies are kept, outside of browsers: in a jar of the client if not given; `false` keeps none. */
  readonly cookies?: CookieJar | Readonly<Record<string, string>> | boolean | undefined
  /** Leaves servers alone for a while that keep failing, as `circuit()` does; never if not given. */
  readonly circuit?: Circuit | undefined
  /** Own layers around each call, the first outermost; they are outside of retries and redirects. */
  readonly layers?: readonly Layer[] | undefined
  /** What sends the requests; the platform's `fetch` if not given. */
  readonly fetch?: Transport | undefined
  /** The time to go by; tests put their own in. */
  readonly time?: ClientTime | undefined
}

/** A body as it is sent; an async iterable is sent in parts as they come. */
export type BodyContent =
  | string
  | ArrayBuffer
  | Uint8Array<ArrayBuffer>
  | Blob
  | FormData
  | URLSearchParams
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array | string>

/** What a file holds. */
export type FileContent = Blob | string | ArrayBuffer | Uint8Array<ArrayBuffer>

/** A file of a form: its content alone, or with the name and the media type that the server is told. */
export type FilePart =
  | FileContent
  | { readonly content: FileContent; readonly filename?: string | undefined; readonly type?: string | undefined }

/** What one call sends, and how. */
export interface RequestOptions extends SharedSettings {
  /** Cookies for this call only, which are not kept; browsers send none but their own. */
  readonly cookies?: Readonly<Record<string, string>> | undefined
  /** A value to send as JSON. */
  readonly json?: unknown | undefined
  /** Fields to send as a form, or beside `files`. */
  readonly form?: Pairs | undefined
  /** Files to send as a multipart form, by the names of their fields. */
  readonly files?: Readonly<Record<string, FilePart | readonly FilePart[]>> | undefined
  /** A body to send as it is. */
  readonly body?: BodyContent | undefined
  /** Ends the call when it aborts, also while the body is read. */
  readonly signal?: AbortSignal | undefined
  /** Told of each part of the body that has come. */
  readonly onDownload?: ((progress: DownloadProgress) => void) | undefined
}

/** How much of a body has come. */
export interface DownloadProgress {
  /** How many bytes there are by now, decoded. */
  readonly received: number
  /** How many there will be; undefined where the server did not say, or has compressed them. */
  readonly total: number | undefined
}
