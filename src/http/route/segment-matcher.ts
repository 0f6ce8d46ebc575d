import type { Piece } from './path-pattern.ts'

/** Takes the parameters' values out of a segment, in order; nothing when the segment does not fit. */
export type SegmentMatcher = (segment: string) => string[] | undefined

/**
 * Compiles a segment that mixes text and parameters, such as `{name}.json` or `{from}-{to}`. Each parameter takes as
 * little as it can, but something; the last one takes the rest.
 */
export function segmentMatcher(pieces: readonly Piece[]): SegmentMatcher {
  return (segment) => {
    const values: string[] = []
    let at = 0
    let waiting = false
    for (const [index, piece] of pieces.entries()) {
      if ('param' in piece) {
        waiting = true
        continue
      }
      const last = index === pieces.length - 1
      const found = waiting
        ? last
          ? segment.endsWith(piece.text)
            ? segment.length - piece.text.length
            : -1
          : segment.indexOf(piece.text, at + 1)
        : segment.startsWith(piece.text, at)
          ? at
          : -1
      if (found === -1 || (waiting && found <= at)) return undefined
      if (waiting) values.push(segment.slice(at, found))
      waiting = false
      at = found + piece.text.length
    }
    if (!waiting) return at === segment.length ? values : undefined
    if (at >= segment.length) return undefined
    values.push(segment.slice(at))
    return values
  }
}

/** How much of the segment is literal: the more, the earlier it is tried. */
export function literalLength(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + ('text' in piece ? piece.text.length : 0), 0)
}
