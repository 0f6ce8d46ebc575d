import type { CallState } from '../../kernel/call-state.ts'
import type { Awaitable } from '../../kernel/chain.ts'
import type { RegisteredService } from '../../kernel/registry.ts'
import type { Exchange } from '../exchange.ts'
import type { MediaType } from '../represent/media-type.ts'
import type { RestChannel } from '../rest-channel.ts'

/** How much a body may measure where nothing else is said, in bytes. */
export const defaultBodyLimit: number = 1024 * 1024

/** A body that is about to be read. */
export interface BodyContext {
  readonly call: CallState
  /** How much it may measure, in bytes, also when it is decoded. */
  readonly limit: number
  /** What its Content-Type says; the first type of the reader where the channel ignores what was sent. */
  readonly type: MediaType
  /** The charset of its text, in lower case; `utf-8` where nothing was said. */
  readonly charset: string
  /** All of it, with its Content-Encoding undone; nothing for a reader that streams. */
  readonly bytes: Uint8Array
}

/** Where a reader that streams takes a body from: the exchange, or what undoes its Content-Encoding. */
export interface BodySource extends Pick<Exchange, 'headers' | 'bodyLength' | 'readBody'> {
  /** The body as it comes, once; whoever reads it stops at the limit, in bytes, and so does what comes before it. */
  readonly streamBody: (limit: number) => AsyncIterable<Uint8Array>
}

/** Reads bodies for one channel: what the model checks, undefined where there is nothing. */
export type ReadContent = (source: BodySource, context: BodyContext) => Awaitable<unknown>

/** One way to read bodies, by the name under which `consumes` asks for it. */
export interface BodyReader {
  readonly name: string
  /** The media types that it reads, the first of which it is documented with. */
  readonly types: readonly string[]
  /** The structured syntax suffix that it reads: `json` for `application/problem+json` and the like (RFC 6839). */
  readonly suffix?: string
  /** The charsets that it reads, in lower case; what a Content-Type says of others is not looked at if it is not given. */
  readonly charsets?: ReadonlySet<string>
  /**
   * `texts` when it gives an object of texts and lists of texts, which are then coerced as those of a query are; other
   * values in it, such as files, stay as they are.
   */
  readonly coerce?: 'texts'
  /** Reads the body by itself, from its source, not from `bytes`. */
  readonly streams?: true
  /** Reads an empty body too, which for the others is none. */
  readonly takesEmpty?: true
  /** Compiles the reading of bodies for one channel, which nest `deepest` levels; asked for when the app starts. */
  readonly compile: (entry: RegisteredService, channel: RestChannel, deepest: number) => ReadContent
}
