const brand = Symbol.for('trestle.media')

/** What a finished representation holds: all of it, or its parts as they come; a web `ReadableStream` is such parts, too. */
export type MediaBody = string | Uint8Array | AsyncIterable<string | Uint8Array> | undefined

/** Content of which any part can be read, such as a file: what ranges are cut from (RFC 9110, 14). */
export interface StoredContent {
  /** The media type. */
  readonly type: string
  /** In bytes. */
  readonly size: number
  /** A strong entity tag, such as `"v7"` (RFC 9110, 8.8.3). */
  readonly etag: string
  /** When it was last changed; sent as `Last-Modified`. */
  readonly modified?: Date | undefined
  /** Reads the bytes from one offset up to another. */
  readonly read: (from: number, to: number) => Uint8Array | AsyncIterable<Uint8Array>
}

/** What goes with a finished representation. */
export interface MediaOptions {
  /** The status of the reply, from 200 to 599; the channel's if it is not given. `call.http.status` beats it. */
  readonly status?: number
  /** Headers of the reply. */
  readonly headers?: Readonly<Record<string, string>>
  /** Answers requests for parts of the bytes (RFC 9110, 14), with an `ETag` that is made of them; a stream has no parts. */
  readonly ranges?: boolean
}

interface MediaSource extends MediaOptions {
  /** Looks the content up when the reply is sent, and not before. */
  readonly stored?: () => Promise<StoredContent>
}

/**
 * A finished representation: bytes or text with their media type, sent as they are; made by {@link media}.
 *
 * ```ts
 * media('a,b', 'text/csv') instanceof Media // => true
 * ```
 */
export class Media {
  /** Text, which is sent as UTF-8, bytes, or a stream of either; nothing where the content is looked up, or there is none. */
  readonly body: MediaBody
  /** The media type, which is sent as `Content-Type`; undefined where looking the content up tells it. */
  readonly type: string | undefined
  /** The status of the reply, where the representation says it. */
  readonly status: number | undefined
  /** Headers of the reply. */
  readonly headers: Readonly<Record<string, string>>
  /** Whether parts of the bytes are served. */
  readonly ranges: boolean
  /** Looks the content up when the reply is sent: a file, for example. */
  readonly stored: (() => Promise<StoredContent>) | undefined

  constructor(body: MediaBody, type: string | undefined, source: MediaSource = {}) {
    this.body = body
    this.type = type
    this.status = source.status
    this.headers = source.headers ?? {}
    this.ranges = source.ranges ?? false
    this.stored = source.stored
    Object.defineProperty(this, brand, { value: true })
  }
}

/** Whether the value is a finished representation, also one made by another copy of the package. */
export function isMedia(value: unknown): value is Media {
  return typeof value === 'object' && value !== null && (value as { readonly [brand]?: true })[brand] === true
}

/**
 * Makes a finished representation, for a service to return; neither model nor envelope touches it. A stream is read as
 * fast as the client takes it, and ended when the client goes away.
 *
 * ```ts
 * const page = service({ name: 'page', on: get('/'), handle: () => media('<h1>Hi</h1>', 'text/html; charset=utf-8') })
 * await using app = createApp({ services: [page] })
 * const reply = await app.fetch(new Request('http://localhost/'))
 * reply.headers.get('content-type') // => 'text/html; charset=utf-8'
 * await reply.text() // => '<h1>Hi</h1>'
 * ```
 */
export function media(
  body: string | Uint8Array | AsyncIterable<string | Uint8Array>,
  type: string,
  options: MediaOptions = {},
): Media {
  return new Media(body, type, options)
}
