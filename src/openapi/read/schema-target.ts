import { escaped, isObject, type Place } from './place.ts'
import { around, follow } from './pointer.ts'
import { absolute, foreign, isSelf, missing } from './references.ts'
import type { Source } from './source.ts'

/** Finds what the `$ref` of a schema leads to. */
export type SchemaTarget = (place: Place, reference: string) => Place

/**
 * Finds targets as JSON Schema does, by JSON Pointer, `$anchor` and `$id`. Where a pointer leads nowhere in the document
 * it is tried in the schemas around the reference, because models are often pasted in with `$defs` of their own.
 */
export function schemaTargets(source: Source): SchemaTarget {
  let known: ReadonlyMap<string, Place> | undefined
  const identified = (address: string): Place | undefined => {
    known ??= new Map(schemasWithId(source))
    return known.get(address)
  }
  return (place, reference) => {
    const hash = reference.indexOf('#')
    const address = hash === -1 ? reference : reference.slice(0, hash)
    const fragment = hash === -1 ? '' : reference.slice(hash)
    const outer = around(source.root, place.pointer)
    const base = baseOf(source, outer)
    if (address === '' || isSelf(source, address)) {
      const found = locally(fragment, address === '' ? outer : outer.slice(0, 1))
      if (found === undefined) throw missing(place, reference)
      return found
    }
    const whole = absolute(address, base) ?? address
    const schema = identified(whole) ?? identified(address)
    if (schema === undefined) throw foreign(place, reference)
    const found = locally(fragment, [schema])
    if (found === undefined) throw missing(place, reference)
    return found
  }
}

/** The target of a fragment: in the nearest schema with an `$id`, in the document, then from the inside out. */
function locally(fragment: string, outer: readonly Place[]): Place | undefined {
  const named = outer.filter(({ value }) => isObject(value) && typeof value.$id === 'string')
  const scopes = [...named.toReversed(), ...outer.slice(0, 1), ...outer.toReversed()]
  if (fragment === '' || fragment === '#') return named.at(-1) ?? outermostSchema(outer)
  for (const scope of scopes) {
    const found = fragment.startsWith('#/') ? follow(scope, fragment) : anchored(scope, fragment.slice(1))
    if (found !== undefined) return found
  }
  return undefined
}

/** The schema that a reference stands in, all of it: the document itself is none. */
function outermostSchema(outer: readonly Place[]): Place | undefined {
  const first = outer.findIndex(
    ({ pointer }) => /\/(schema|itemSchema)$/.test(pointer) || /^#\/components\/schemas\/[^/]+$/.test(pointer),
  )
  return outer[first === -1 ? 0 : first]
}

function anchored(scope: Place, name: string): Place | undefined {
  return allPlaces(scope).find(({ value }) => {
    return isObject(value) && (value.$anchor === name || value.$dynamicAnchor === name)
  })
}

function baseOf({ self }: Source, outer: readonly Place[]): string | undefined {
  return outer.reduce<string | undefined>((base, { value }) => {
    const id = isObject(value) ? value.$id : undefined
    return typeof id === 'string' ? (absolute(id, base) ?? id) : base
  }, self)
}

function schemasWithId(source: Source): readonly (readonly [id: string, place: Place])[] {
  return allPlaces(source.root).flatMap((place) => {
    if (!isObject(place.value) || typeof place.value.$id !== 'string') return []
    const address = baseOf(source, around(source.root, place.pointer)) ?? place.value.$id
    return [[address, place] as const, [place.value.$id, place] as const]
  })
}

function allPlaces(place: Place): readonly Place[] {
  const { value, pointer } = place
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.entries(value).flatMap(([name, each]: [string, unknown]) => {
    return allPlaces({ value: each, pointer: `${pointer}/${escaped(name)}` })
  })
  return [place, ...inner]
}
