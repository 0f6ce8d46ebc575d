/** A reply as it came, and the request that it answers. */
export interface ReplyToCheck {
  readonly method: string
  /** The path template of the document, or the path or address as it was sent. */
  readonly path: string
  readonly status: number
  readonly headers: Headers
  readonly body: Uint8Array
}
