import { deepestNesting } from '../input/json-body.ts'

/** How much of something a request or connection may have. */
export interface Limits {
  /** The request line and all headers together, in bytes: 431 `headers_too_large` beyond; 16 KiB if not given. */
  readonly headerBytes: number
  /** Headers of a request: 431 `headers_too_large` beyond; 100 if not given. */
  readonly headers: number
  /** Path and query, in bytes: 414 `uri_too_long` beyond; 8,000, which RFC 9110 (4.1) asks for, if not given. */
  readonly urlBytes: number
  /** Parameters of a query: 400 `too_many_parameters` beyond; 1,000 if not given. */
  readonly queryParameters: number
  /**
   * How deep lists and objects may be inside each other in a body: 400 `nesting_too_deep` beyond; 256 if not given. Names
   * in queries nest no deeper than that, and 8 at the most.
   */
  readonly nesting: number
  /** Open connections: 503 `unavailable` for a further one, which is closed; 20,000 if not given. */
  readonly connections: number
  /**
   * Requests of one connection that are worked on at once: further ones wait, and the connection is not read
   * meanwhile; 32 if not given.
   */
  readonly pipelined: number
  /** The bytes a second that a body has to bring on average over `timeouts.body`; 100 if not given. */
  readonly bodyRate: number
}

/** What holds where an app says nothing else. */
export const defaultLimits: Limits = {
  headerBytes: 16 * 1024,
  headers: 100,
  urlBytes: 8_000,
  queryParameters: 1_000,
  nesting: deepestNesting,
  connections: 20_000,
  pipelined: 32,
  bodyRate: 100,
}
