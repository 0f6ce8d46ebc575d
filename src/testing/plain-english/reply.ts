/** What came back for a request, whole. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array
  /** The body as text. */
  readonly text: string
  /** The body parsed as the response format says; JSON if none is said. @throws Expectation when it cannot be */
  readonly data: unknown
  /** Where it came from, after redirects. */
  readonly url: URL
  /** From sending to the last byte, in milliseconds. */
  readonly milliseconds: number
}
