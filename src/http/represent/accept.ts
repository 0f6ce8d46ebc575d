import { type MediaType, parseMediaType } from './media-type.ts'

/** A media range of an Accept header, with how much it is wanted: 0 for not at all, 1 for most. */
export interface AcceptRange extends MediaType {
  readonly quality: number
}

/**
 * Reads an Accept header (RFC 9110, 12.5.1). It is read leniently: a range that is malformed is left out, a weight that
 * is none counts as 1, `*` alone as any type.
 */
export function parseAccept(header: string): readonly AcceptRange[] {
  return listItems(header).flatMap((item) => {
    const range = parseMediaType(item === '*' ? '*/*' : item.replace(/^\*\s*;/, '*/*;'))
    if (range === undefined) return []
    const { q, ...parameters } = range.parameters
    return [{ essence: range.essence, parameters, quality: qualityOf(q) }]
  })
}

function qualityOf(weight: string | undefined): number {
  const quality = weight === undefined ? 1 : Number(weight)
  return weight === '' || !(quality >= 0) || quality > 1 ? 1 : quality
}

/** The items of a list, whose quoted texts may hold commas. */
function listItems(header: string): string[] {
  return (header.match(/(?:"(?:[^"\\]|\\.)*"|[^,"]|")+/g) ?? []).map((item) => item.trim())
}

/** The range that speaks most specifically of a type: of those equally specific the one that wants it most. */
export function rangeFor({ essence, parameters }: MediaType, ranges: readonly AcceptRange[]): AcceptRange | undefined {
  let best: AcceptRange | undefined
  let highest = -1
  for (const range of ranges) {
    const rank = specificity(range, essence, parameters)
    if (rank > highest || (rank === highest && rank !== -1 && range.quality > (best?.quality ?? 0))) {
      best = range
      highest = rank
    }
  }
  return best
}

/** How specifically a range speaks of a type; -1 when it does not. Parameters that the type does not have count for nothing. */
function specificity(range: AcceptRange, essence: string, declared: MediaType['parameters']): number {
  if (range.essence === '*/*') return 0
  if (range.essence.endsWith('/*')) return essence.startsWith(range.essence.slice(0, -1)) ? 1 : -1
  if (range.essence !== essence) return -1
  let rank = 2
  for (const [name, value] of Object.entries(declared)) {
    const wanted = range.parameters[name]
    if (wanted === undefined) continue
    if (wanted.toLowerCase() !== value.toLowerCase()) return -1
    rank++
  }
  return rank
}
