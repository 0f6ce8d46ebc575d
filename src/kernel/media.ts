/**
 * A finished representation: bytes or text with their media type, sent as they are; made by {@link media}.
 *
 * ```ts
 * media('a,b', 'text/csv') instanceof Media // => true
 * ```
 */
export class Media {
  /** Text, which is sent as UTF-8, or bytes. */
  readonly body: string | Uint8Array
  /** The media type, which is sent as `Content-Type`. */
  readonly type: string

  constructor(body: string | Uint8Array, type: string) {
    this.body = body
    this.type = type
  }
}

/**
 * Makes a finished representation, for a service to return; neither model nor envelope touches it.
 *
 * ```ts
 * const page = service({ name: 'page', on: get('/'), handle: () => media('<h1>Hi</h1>', 'text/html; charset=utf-8') })
 * await using app = createApp({ services: [page] })
 * const reply = await app.fetch(new Request('http://localhost/'))
 * reply.headers.get('content-type') // => 'text/html; charset=utf-8'
 * await reply.text() // => '<h1>Hi</h1>'
 * ```
 */
export function media(body: string | Uint8Array, type: string): Media {
  return new Media(body, type)
}
