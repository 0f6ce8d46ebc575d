/** The HTTP side of a call: what was sent, as it was sent, and what the reply should say beyond its body. */
export interface HttpSide {
  readonly method: string
  /** Path and query, as sent. */
  readonly url: string
  /** The path alone, as sent. */
  readonly path: string
  /** The text after `?`, as sent, or `''`. */
  readonly query: string
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly cookies: Readonly<Record<string, string>>
  readonly remoteAddress: string | undefined
  /** The status of the reply; set it to answer with another than the channel declares. */
  status: number
  /** Sets a header of the reply. @throws TypeError for a name or value that HTTP does not allow. */
  readonly setHeader: (name: string, value: string) => void
}
