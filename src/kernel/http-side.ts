/** The HTTP side of a call: what was sent, as it was sent, and what the reply should say beyond its body. */
export interface HttpSide {
  /** In capital letters, such as `GET`. */
  readonly method: string
  /** Path and query, as sent. */
  readonly url: string
  /** The path alone, as sent. */
  readonly path: string
  /** The text after `?`, as sent, or `''`. */
  readonly query: string
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The cookies by name (RFC 6265), decoded; the first of several with one name. */
  readonly cookies: Readonly<Record<string, string>>
  /** The IP address of the other end of the connection; undefined for a request handed to `app.fetch`. */
  readonly remoteAddress: string | undefined
  /** The status of the reply; set it to answer with another than the channel declares. */
  status: number
  /** Sets a header of the reply. @throws TypeError for a name or value that HTTP does not allow. */
  readonly setHeader: (name: string, value: string) => void
}
