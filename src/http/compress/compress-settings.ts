/** A content coding that replies can be sent in (RFC 9110, 8.4.1; RFC 7932; RFC 8878). */
export type Coding = 'zstd' | 'br' | 'gzip'

/** How replies are compressed. */
export interface CompressOptions {
  /** The smallest body that is compressed, in bytes; 1024 by default. A stream always is. */
  readonly threshold?: number
  /** The codings to choose from, the best first; zstd, br and gzip by default. */
  readonly encodings?: readonly Coding[]
  /** Whether event streams are compressed too; false by default, since some proxies hold them back then. */
  readonly eventStreams?: boolean
}

/** A setting for the compression of replies. */
export interface CompressSettings {
  /**
   * Whether replies of types that shrink, such as JSON, are compressed for clients that accept it (RFC 9110, 12.5.3);
   * false by default. A reply with `Cache-Control: no-transform` or a `Content-Encoding` of its own is left alone.
   */
  readonly compress?: boolean | CompressOptions
}

/** What is wrong with the setting, as ends of sentences. */
export function compressFaults({ threshold = 0, encodings = [...codings] }: CompressOptions): string[] {
  const faults: string[] = []
  if (!(threshold >= 0)) faults.push(`compresses from the threshold ${threshold}: give a number of bytes`)
  if (encodings.length === 0) faults.push('compresses with no encodings: name some, or set compress to false')
  for (const name of encodings.filter((each) => !codings.has(each))) {
    faults.push(`compresses with '${name}', which is not known: use ${[...codings].join(', ')}`)
  }
  return faults
}

/** All codings, the best first. */
export const codings: ReadonlySet<Coding> = new Set(['zstd', 'br', 'gzip'])
