import { escaped, isObject, type Place } from './place.ts'

/** The place that a JSON Pointer in a URI fragment leads to, from a place on; nothing where there is none. */
export function follow(from: Place, fragment: string): Place | undefined {
  const parts = partsOf(fragment)
  if (parts === undefined) return undefined
  let place = from
  for (const part of parts) {
    const { value, pointer } = place
    if (!Array.isArray(value) && !isObject(value)) return undefined
    if (!Object.hasOwn(value, part)) return undefined
    place = { value: Reflect.get(value, part), pointer: `${pointer}/${escaped(part)}` }
  }
  return place
}

/** The names in a JSON Pointer, with or without its `#`; nothing where it is none. */
export function partsOf(pointer: string): readonly string[] | undefined {
  const path = decoded(pointer.replace(/^#/, ''))
  if (path === '') return []
  if (!path?.startsWith('/')) return undefined
  return path
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The places around a place, the outermost first; the pointer is one that a {@link Place} has. */
export function around(root: Place, pointer: string): readonly Place[] {
  const places: Place[] = [root]
  for (const part of pointer.split('/').slice(1)) {
    const last = places.at(-1)
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    const value = last?.value
    if (typeof value !== 'object' || value === null) break
    places.push({ value: Reflect.get(value, name), pointer: `${last?.pointer}/${part}` })
  }
  return places
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
