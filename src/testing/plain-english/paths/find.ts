import { JSONPathEnvironment, type JSONPathQuery, type JSONValue, jsonpath } from 'json-p3'
import { nearest } from '../../../kernel/nearest.ts'
import { Expectation } from '../expectation.ts'
import { deepestJson } from '../values/json-text.ts'
import { shown } from '../values/shown.ts'
import { pointerNames, pointerOf } from './json-pointer.ts'

/** What sentences call a path, whichever way it is written. */
export const pathWords: readonly string[] = ['path', 'JSON Pointer', 'JSONPath']

/** What a path leads to. */
export interface Found {
  /** The places in the document, each as the names that lead there. */
  readonly places: readonly (readonly (string | number)[])[]
  readonly values: readonly unknown[]
  /** Whether it can lead to several, as `$..price` and `$.items[*]` do. */
  readonly isMany: boolean
}

/** A path as it was written: a JSON Pointer, such as `/items/0` or nothing for the whole, or a JSONPath, such as `$.items`. */
export interface ParsedPath {
  /** The names along it; nothing where only a document tells them. */
  readonly names: readonly (string | number)[] | undefined
  readonly query: JSONPathQuery | undefined
}

/** Reads a path. @throws Error when it is written neither as RFC 6901 nor as RFC 9535 says */
export function parsePath(path: string): ParsedPath {
  if (path === '' || path.startsWith('/')) return { names: pointerNames(path), query: undefined }
  if (!path.startsWith('$')) {
    const pointer = `/${path.replaceAll(/\.|\[(\d+)\]/g, '/$1')}`
    throw new Error(`The path "${path}" begins with neither '/' nor '$': write "${pointer}" if that is meant`)
  }
  const query = compiled(path)
  const names = query.segments.flatMap(({ selectors }) => selectors.map(nameOf))
  const isPlain = query.singularQuery() && !names.some((name) => typeof name === 'number' && name < 0)
  return { names: isPlain ? names.filter((name) => name !== undefined) : undefined, query }
}

const environment = new JSONPathEnvironment({ maxRecursionDepth: deepestJson })

function compiled(path: string): JSONPathQuery {
  try {
    return environment.compile(path)
  } catch (error) {
    throw new Error(`The path "${path}" is no JSONPath: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function nameOf(selector: jsonpath.JSONPathSelector): string | number | undefined {
  if (selector instanceof jsonpath.selectors.NameSelector) return selector.name
  return selector instanceof jsonpath.selectors.IndexSelector ? selector.index : undefined
}

/** Looks up a path in a document. */
export function find(document: unknown, path: string): Found {
  const { names = [], query } = parsePath(path)
  if (query !== undefined) {
    // Not `query`, whose calls take all matches as arguments, and so only so many.
    const nodes = [...query.lazyQuery(document as JSONValue)]
    const isMany = !query.singularQuery()
    return { places: nodes.map(({ location }) => location), values: nodes.map(({ value }) => value), isMany }
  }
  const found = member(document, names)
  return { places: found === undefined ? [] : [names], values: found === undefined ? [] : [found.value], isMany: false }
}

/** What a path leads to: the value, or a list of them where there are several. @throws Expectation when nothing is there */
export function valueAt(document: unknown, path: string): unknown {
  const { values } = find(document, path)
  if (values.length === 0) throw new Expectation(missing(document, path))
  return values.length === 1 ? values[0] : values
}

/** The list at a path; all that it leads to, if it can lead to several and does not lead to one list. */
export function itemsAt(document: unknown, path: string): unknown {
  const { values, isMany } = find(document, path)
  return isMany && !(values.length === 1 && Array.isArray(values[0])) ? values : valueAt(document, path)
}

/** Says that a path leads nowhere, and what there is instead. */
export function missing(document: unknown, path: string): string {
  const { names } = parsePath(path)
  const says = `path "${path}" does not exist`
  if (names === undefined) return `${says}: nothing matches it`
  const known = names.findIndex((_, index) => member(document, names.slice(0, index + 1)) === undefined)
  const parent = member(document, names.slice(0, known))?.value
  const place = known === 0 ? 'the whole' : `"${pointerOf(names.slice(0, known))}"`
  return `${says}: ${place} ${described(parent, String(names[known]))}`
}

function described(parent: unknown, name: string): string {
  if (Array.isArray(parent)) return `is a list of ${parent.length} ${parent.length === 1 ? 'item' : 'items'}`
  if (typeof parent !== 'object' || parent === null) return `is ${shown(parent)}, which has no members`
  const names = Object.keys(parent).map((each) => each || '""')
  if (names.length === 0) return 'is an object without members'
  const near = nearest(name, names)
  const all = names.length > 10 ? `${names.slice(0, 10).join(', ')} and ${names.length - 10} more` : names.join(', ')
  return `has ${all}${near === undefined || names.length === 1 ? '' : `; is "${near}" meant?`}`
}

/** The value of a member, however deep; undefined when there is none. */
function member(document: unknown, names: readonly (string | number)[]): { readonly value: unknown } | undefined {
  let value = document
  for (const name of names) {
    if (typeof value !== 'object' || value === null) return undefined
    if (Array.isArray(value) && !/^(0|[1-9]\d*)$/.test(String(name))) return undefined
    if (!Object.hasOwn(value, name)) return undefined
    value = (value as Readonly<Record<string, unknown>>)[name]
  }
  return { value }
}
