import type { Coding } from './compress-settings.ts'

/** What a client accepts, of what there is. */
export interface AcceptedCoding {
  /** The coding to use; undefined for none. */
  readonly coding: Coding | undefined
  /** Whether the client refuses what is not compressed. */
  readonly refusesPlain: boolean
}

/**
 * Compiles the choice among codings, the best first, by `Accept-Encoding` (RFC 9110, 12.5.3): the one of the highest
 * quality, of several the first; none where the client likes plain content better.
 */
export function codingChooser(codings: readonly Coding[]): (accept: string | undefined) => AcceptedCoding {
  // There are few clients, and each sends the same header all the time.
  const chosen = new Map<string, AcceptedCoding>()
  return (accept) => {
    if (accept === undefined) return plain
    const known = chosen.get(accept)
    if (known !== undefined) return known
    const choice = choose(accept, codings)
    if (chosen.size >= 100) chosen.clear()
    chosen.set(accept, choice)
    return choice
  }
}

const plain: AcceptedCoding = { coding: undefined, refusesPlain: false }

function choose(accept: string, codings: readonly Coding[]): AcceptedCoding {
  const qualities = readQualities(accept)
  const rest = qualities.get('*')
  const ranked = codings
    .map((coding) => ({ coding, quality: qualities.get(coding) ?? rest ?? 0 }))
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality)
  const best = ranked[0]
  // What is not compressed is acceptable unless the client says otherwise, but then not liked better than what it names.
  const plainQuality = qualities.get('identity') ?? (rest === 0 ? 0 : undefined)
  const refusesPlain = plainQuality === 0
  if (best === undefined || (plainQuality ?? 0) > best.quality) return { coding: undefined, refusesPlain }
  return { coding: best.coding, refusesPlain }
}

function readQualities(accept: string): Map<string, number> {
  const entries = accept.split(',').flatMap((each) => {
    const [name = '', ...params] = each.split(';').map((part) => part.trim().toLowerCase())
    const quality = params.find((param) => param.startsWith('q='))?.slice(2)
    if (name === '') return []
    // A quality that is none makes the entry say nothing.
    if (quality !== undefined && !/^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(quality)) return []
    return [[name === 'x-gzip' ? 'gzip' : name, quality === undefined ? 1 : Number(quality)] as const]
  })
  return new Map(entries)
}
