import type { Limit, LimitKey } from '../../kernel/access-settings.ts'
import { sharedName } from './compiled-limit.ts'

/** Tells what is wrong with the name of a limit, as the end of a sentence; `place` is where the limit stands. */
export type NameFault = (limit: Limit, by: LimitKey, place: string) => string | undefined

/** Finds limits that have one name, so that they would be one, but say different things. */
export function namedLimits(): NameFault {
  const known = new Map<string, { readonly text: string; readonly place: string }>()
  return (limit, by, place) => {
    const shared = sharedName(limit, by)
    if (shared === undefined) return undefined
    const { id, text } = shared
    const first = known.get(id) ?? { text, place }
    known.set(id, first)
    if (first.text === text) return undefined
    return `has the same name as that of ${first.place}, but says something else: limits of one name are one, so give it another`
  }
}
