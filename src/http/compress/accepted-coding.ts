import { readQualities } from '../represent/qualities.ts'
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
  const { wanted, refusesPlain } = wantedCodings(accept, codings)
  return { coding: wanted[0], refusesPlain }
}

/** Those codings that a client likes at least as much as plain content, in the order in which it likes them. */
export function wantedCodings(
  accept: string | string[] | undefined,
  codings: readonly Coding[],
): { readonly wanted: readonly Coding[]; readonly refusesPlain: boolean } {
  const qualities = readQualities(accept)
  const rest = qualities.get('*')
  const qualityOf = (coding: Coding): number =>
    qualities.get(coding) ?? (coding === 'gzip' ? qualities.get('x-gzip') : undefined) ?? rest ?? 0
  // What is not compressed is acceptable unless the client says otherwise, but then not liked better than what it names.
  const plainQuality = qualities.get('identity') ?? (rest === 0 ? 0 : undefined)
  const wanted = codings
    .filter((coding) => qualityOf(coding) > 0 && qualityOf(coding) >= (plainQuality ?? 0))
    .sort((one, other) => qualityOf(other) - qualityOf(one))
  return { wanted, refusesPlain: plainQuality === 0 }
}
