import { find, missing, parsePath } from './find.ts'
import { pointerOf } from './json-pointer.ts'

type Names = readonly (string | number)[]

/**
 * Gives the document with a value at a path, in place of what is there or new. Parents that are missing are made: a list
 * where the next name is `0` or `-`, else an object; `-` adds to the end of a list.
 *
 * @throws Error when a parent is neither object nor list, or a list has no such place
 */
export function withValue(document: unknown, path: string, value: unknown): unknown {
  return placesOf(document, path).reduce<unknown>((whole, names) => placed(whole, names, value, []), document)
}

/** Gives the document without what is at a path. @throws Error when nothing is there */
export function without(document: unknown, path: string): unknown {
  const { places } = find(document, path)
  if (places.length === 0) throw new Error(`${missing(document, path)}, so that it cannot be removed`)
  // From behind, so that the places of items before stay what they are.
  return [...places].reverse().reduce<unknown>((whole, names) => removed(whole, names), document)
}

/** Where a value goes: to one place that may be new, or to all that a query finds. */
function placesOf(document: unknown, path: string): readonly Names[] {
  const { names } = parsePath(path)
  if (names !== undefined) return [names]
  const { places } = find(document, path)
  if (places.length === 0) throw new Error(`${missing(document, path)}, so that it cannot be set`)
  return places
}

function placed(container: unknown, [name, ...rest]: Names, value: unknown, done: Names): unknown {
  if (name === undefined) return value
  const owner = container ?? (name === '-' || name === '0' || name === 0 ? [] : {})
  const inner = (child: unknown): unknown => placed(child, rest, value, [...done, name])
  if (Array.isArray(owner)) {
    const index = name === '-' ? owner.length : indexOf(name)
    if (index === undefined || index > owner.length) throw new Error(noPlace(owner, name, done))
    return owner.toSpliced(index, 1, inner(owner[index]))
  }
  if (typeof owner !== 'object')
    throw new Error(`${placeOf(done)} is ${JSON.stringify(owner)}, which takes no "${name}"`)
  return member(owner, String(name), inner)
}

function member(owner: object, name: string, inner: (child: unknown) => unknown): object {
  const child = Object.hasOwn(owner, name) ? (owner as Readonly<Record<string, unknown>>)[name] : undefined
  const entries = Object.entries(owner)
  const value = inner(child)
  // Not by assignment, which a member named `__proto__` does not survive.
  return Object.fromEntries(
    Object.hasOwn(owner, name)
      ? entries.map(([each, before]) => [each, each === name ? value : before])
      : [...entries, [name, value]],
  )
}

function removed(container: unknown, [name, ...rest]: Names): unknown {
  if (name === undefined) return undefined
  if (Array.isArray(container)) {
    const index = Number(name)
    return rest.length === 0 ? container.toSpliced(index, 1) : container.with(index, removed(container[index], rest))
  }
  const entries = Object.entries(container as object)
  return Object.fromEntries(
    rest.length === 0
      ? entries.filter(([each]) => each !== String(name))
      : entries.map(([each, value]) => [each, each === String(name) ? removed(value, rest) : value]),
  )
}

function indexOf(name: string | number): number | undefined {
  return /^(0|[1-9]\d*)$/.test(String(name)) ? Number(name) : undefined
}

function noPlace(list: readonly unknown[], name: string | number, done: Names): string {
  const next = list.length === 0 ? '0' : `0 to ${list.length}`
  return `${placeOf(done)} is a list of ${list.length}, which has no place "${name}": use ${next}, or "-" for the end`
}

function placeOf(names: Names): string {
  return names.length === 0 ? 'the whole' : `path "${pointerOf(names)}"`
}
