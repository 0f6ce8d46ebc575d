import { faultAt } from './document-error.ts'

/** A value of a document, and where it stands there. */
export interface Place {
  readonly value: unknown
  /** A JSON Pointer as a URI fragment. */
  readonly pointer: string
}

type Members = Readonly<Record<string, unknown>>

/** Whether a value is an object, and no list. */
export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object at a place; anything else is a fault. */
export function objectAt(place: Place): Members {
  if (isObject(place.value)) return place.value
  throw faultAt(place, `is ${kindOf(place.value)}, not an object`)
}

/** The place of a member; nothing where it is absent or empty, as an empty line of YAML leaves it. */
export function memberAt(place: Place, name: string): Place | undefined {
  const members = objectAt(place)
  if (!Object.hasOwn(members, name) || members[name] === null || members[name] === undefined) return undefined
  return { value: members[name], pointer: `${place.pointer}/${escaped(name)}` }
}

/** The places of all members of an object, by name. */
export function entriesAt(place: Place | undefined): readonly (readonly [name: string, place: Place])[] {
  if (place === undefined) return []
  return Object.entries(objectAt(place)).map(([name, value]) => {
    return [name, { value, pointer: `${place.pointer}/${escaped(name)}` }]
  })
}

/** The places of a map that the document makes up: all members but extensions. */
export function namedAt(place: Place | undefined): readonly (readonly [name: string, place: Place])[] {
  return entriesAt(place).filter(([name]) => !name.startsWith('x-'))
}

/** The places of all items of a list. */
export function itemsAt(place: Place | undefined): readonly Place[] {
  if (place === undefined) return []
  const { value, pointer } = place
  if (!Array.isArray(value)) throw faultAt(place, `is ${kindOf(value)}, not a list`)
  return value.map((item: unknown, index) => ({ value: item, pointer: `${pointer}/${index}` }))
}

/** The text of a member, if it has one. */
export function textAt(place: Place, name: string): string | undefined {
  const member = memberAt(place, name)
  return member === undefined ? undefined : asText(member)
}

/** The text of a member that must be there; `hint` says what to write. */
export function neededText(place: Place, name: string, hint: string): string {
  const text = textAt(place, name)
  if (text === undefined) throw faultAt(place, `has no "${name}": write ${hint}`)
  return text
}

/** The value of a member that is true or false; `missing` where it is absent. */
export function flagAt(place: Place, name: string, missing = false): boolean {
  const member = memberAt(place, name)
  if (member === undefined) return missing
  if (typeof member.value === 'boolean') return member.value
  throw faultAt(member, `is ${kindOf(member.value)}: write true or false`)
}

/** The text at a place; anything else is a fault. */
export function asText(place: Place): string {
  if (typeof place.value === 'string') return place.value
  throw faultAt(place, `is ${kindOf(place.value)}, not a text`)
}

/** What a value is, in words. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  return typeof value === 'string' ? 'a text' : `the ${typeof value} ${String(value)}`
}

/** A name as a part of a JSON Pointer. */
export function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
