/** A finished representation: bytes or text with their media type, sent as they are. */
export class Media {
  readonly body: string | Uint8Array
  readonly type: string

  constructor(body: string | Uint8Array, type: string) {
    this.body = body
    this.type = type
  }
}

/** Returns a finished representation from a service: `media('<h1>Hi</h1>', 'text/html; charset=utf-8')`. */
export function media(body: string | Uint8Array, type: string): Media {
  return new Media(body, type)
}
