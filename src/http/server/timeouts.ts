/** How long the server waits for clients, in milliseconds; 0 waits for ever. */
export interface Timeouts {
  /** For the head of a request: 408 `request_timeout` after it, and the connection ends; 20,000 if not given. */
  readonly headers: number
  /** For a whole request, with its body: 408 `request_timeout` after it; 300,000 if not given. */
  readonly request: number
  /**
   * In each span of so long, a body that is being read has to bring what `limits.bodyRate` asks for: 408
   * `request_timeout` otherwise; 20,000 if not given.
   */
  readonly body: number
  /** For a client to take some of a reply that waits for it; the connection is cut after it; 60,000 if not given. */
  readonly reply: number
  /**
   * For the next request on a connection; longer than the 60 seconds for which proxies keep theirs, so that it is not
   * this side that closes while a request is on its way; 65,000 if not given.
   */
  readonly keepAlive: number
  /** For calls in flight when the app stops; what is left then is cut; 10,000 if not given. */
  readonly stop: number
}

/** What holds where an app says nothing else. */
export const defaultTimeouts: Timeouts = {
  headers: 20_000,
  request: 300_000,
  body: 20_000,
  reply: 60_000,
  keepAlive: 65_000,
  stop: 10_000,
}

/** Never longer than this between two looks at the connections, in milliseconds. */
const slowest = 5_000
const fastest = 10

/** How often to look whether one of the times is over: a fourth of the shortest. In milliseconds. */
export function lookEvery(...times: readonly number[]): number {
  const shortest = Math.min(slowest * 4, ...times.filter((time) => time > 0))
  return Math.max(fastest, Math.ceil(shortest / 4))
}
