import { faultAt } from './document-error.ts'
import { asText, isObject, memberAt, type Place } from './place.ts'
import { follow } from './pointer.ts'
import type { Source } from './source.ts'

/**
 * What stands at a place, or where its `$ref` leads, however many steps away. Since OpenAPI 3.1 a `summary` or
 * `description` beside the `$ref` counts for more than that of the target.
 */
export function resolved(source: Source, place: Place): Place {
  const seen = new Set<string>()
  let said: Readonly<Record<string, unknown>> = {}
  let at = place
  for (;;) {
    const reference = isObject(at.value) ? memberAt(at, '$ref') : undefined
    if (reference === undefined) break
    if (seen.has(at.pointer))
      throw faultAt(place, `refers to itself through ${[...seen].slice(1).join(', ') || '$ref'}`)
    seen.add(at.pointer)
    if (source.minor > 0) said = { ...wordsOf(at.value), ...said }
    at = targetOf(source, at, asText(reference))
  }
  return Object.keys(said).length === 0 || !isObject(at.value) ? at : { ...at, value: { ...at.value, ...said } }
}

/** Where a reference leads that is no schema's; a missing target is a fault of the place that refers. */
export function targetOf(source: Source, place: Place, reference: string): Place {
  const hash = reference.indexOf('#')
  const address = hash === -1 ? reference : reference.slice(0, hash)
  if (!isSelf(source, address)) throw foreign(place, reference)
  const target = follow(source.root, hash === -1 ? '' : reference.slice(hash))
  if (target === undefined) throw missing(place, reference)
  return target
}

/** Whether an address, as it stands in a reference, is that of the document itself. */
export function isSelf({ self }: Source, address: string): boolean {
  if (address === '') return true
  if (self === undefined) return false
  return address === self || absolute(address, self) === absolute(self)
}

/** An address made absolute; nothing where it cannot be. */
export function absolute(address: string, base?: string): string | undefined {
  return URL.canParse(address, base) ? new URL(address, base).href : undefined
}

/** The error of a reference whose target is not there. */
export function missing(place: Place, reference: string): Error {
  return faultAt(place, `refers to ${reference}, which the document does not have`)
}

/** The error of a reference to another document. */
export function foreign(place: Place, reference: string): Error {
  return faultAt(place, `refers to ${reference}, which is in another document that was not read with it`)
}

function wordsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(value)) return {}
  return Object.fromEntries(Object.entries(value).filter(([name]) => name === 'summary' || name === 'description'))
}
