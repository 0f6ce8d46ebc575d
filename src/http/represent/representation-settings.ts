import type { Parser } from './parser.ts'
import type { Renderer } from './renderer.ts'

/** A representation of replies, by name. */
export type ReplyFormat = 'json' | 'xml' | 'yaml' | 'csv' | 'text' | 'html'

/** A representation of bodies, by name. */
export type BodyFormat = 'json' | 'xml' | 'yaml' | 'text' | 'form' | 'multipart' | 'bytes'

/** How JSON replies are written. */
export interface JsonSettings {
  /** Sorts the members of objects by name, at every level. */
  readonly sortKeys?: boolean
  /** Writes each member on a line of its own, with so many blanks a level. */
  readonly indent?: number
  /** Ends the text with a line feed. */
  readonly newline?: boolean
}

/** In which representations channels take and give, beside what the service says of its models. */
export interface RepresentationSettings {
  /**
   * What replies can be: formats by name, renderers of your own, or media types (`image/png`) of finished
   * representations that the service makes with `media`. The first one is sent where a client does not care; `['json']`
   * if neither channel nor app says otherwise.
   */
  readonly produces?: readonly (ReplyFormat | Renderer | `${string}/${string}`)[]
  /** What bodies can be: formats by name, or parsers of your own; `['json']` if neither channel nor app says otherwise. */
  readonly consumes?: readonly (BodyFormat | Parser)[]
  /**
   * `strict` (the default) refuses a body without a Content-Type that the channel consumes; `lenient` takes one
   * without any as the first of `consumes`; `ignore` takes every body so, whatever its Content-Type says.
   */
  readonly contentType?: 'strict' | 'lenient' | 'ignore'
  /** `decode` (the default) undoes gzip, deflate, br and zstd within the body limit; `refuse` takes no encoded body. */
  readonly contentEncoding?: 'decode' | 'refuse'
  /**
   * `strict` (the default) refuses with 406 where the client accepts nothing of what the channel produces; `lenient`
   * sends the first of it then; `ignore` always does.
   */
  readonly accept?: 'strict' | 'lenient' | 'ignore'
  /** How JSON replies are written. */
  readonly json?: JsonSettings
  /** `guard` puts an apostrophe before texts of CSV that a spreadsheet would take for a formula. */
  readonly csv?: { readonly guard?: boolean }
  /** The query parameter that names the format of the reply, ahead of Accept: `format` for `?format=xml`. */
  readonly formatParameter?: string
  /** Also serves each GET channel with the format's name behind the path, ahead of Accept: `/books/1.xml`. */
  readonly formatSuffix?: boolean
}
