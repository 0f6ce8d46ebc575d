import type { StreamType } from './stream-format.ts'

/** How a channel sends an output that is a stream. */
export interface StreamOptions {
  /**
   * The media types to choose from; the first is for clients that take anything. JSON Lines, JSON text sequences, a JSON
   * array and server-sent events if it is not given.
   */
  readonly formats?: readonly StreamType[]
  /** How long server-sent events may be silent before a comment shows that they live, in milliseconds; 15,000. */
  readonly keepAlive?: number
  /**
   * How long the reply waits for the first item, in milliseconds; 200. An error within that time is answered as a
   * problem; behind it the headers have left.
   */
  readonly patience?: number
}

/** Settings of streams. */
export interface StreamSettings {
  /** How an output that is a stream is sent. */
  readonly stream?: StreamOptions
}
