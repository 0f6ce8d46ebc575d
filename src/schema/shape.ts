import { describesList, describesObject, type Kind, ownKinds } from './kind.ts'
import { dereference, resolveReference, toSchema, toSchemaList, toSchemas } from './reference.ts'
import type { JsonSchema } from './schema.ts'
import { branchesOf, chooser } from './shape-choice.ts'

/** What a schema declares about the inside of values, with references resolved and combinations merged. */
export interface Shape {
  /** How objects are read: by their declared members, as they are, or (undefined) not at all. */
  readonly object: ObjectShape | 'open' | undefined
  /** How lists are read: by their declared items, as they are, or (undefined) not at all. */
  readonly list: ListShape | 'open' | undefined
  /** Whether texts are dates, which are often given as a Date. */
  readonly dated: boolean
  /** Where a schema has alternatives: the shape of the one that an object or a list fits. */
  readonly choice: Choice | undefined
}

export interface ObjectShape {
  readonly members: ReadonlyMap<string, Shape>
  readonly patterns: readonly (readonly [pattern: RegExp, shape: Shape])[]
  /** How other members are read; undefined when they are not declared. */
  readonly rest: Shape | undefined
}

export interface ListShape {
  readonly prefix: readonly Shape[]
  /** How items behind the prefix are read; undefined when there may be none. */
  readonly items: Shape | undefined
}

export interface Choice {
  readonly choose: (container: object) => Shape
  readonly options: () => readonly Shape[]
}

/** Builds the shape of what several schemas say together, with the alternatives that are decided already. */
export type Build = (schemas: readonly JsonSchema[], decided: ReadonlySet<unknown>) => Shape

const shapes = new WeakMap<JsonSchema, Shape>()

/**
 * The shape of a JSON Schema document; made once a document. It may lead back to itself.
 *
 * @throws SchemaError when a `$ref` points at nothing.
 */
export function shapeOf(root: JsonSchema): Shape {
  const known = shapes.get(root)
  if (known !== undefined) return known
  const shape = builder(root)([root], none)
  shapes.set(root, shape)
  return shape
}

/** The shape that holds for a container, after all alternatives are chosen. */
export function settle(shape: Shape, container: object): Shape {
  let current = shape
  while (current.choice !== undefined) current = current.choice.choose(container)
  return current
}

/** How a member of an object is read; undefined when it is not declared. */
export function shapeOfMember({ members, patterns, rest }: ObjectShape, name: string): Shape | undefined {
  return (
    members.get(name) ??
    patterns.find(([pattern]) => pattern.test(name))?.[1] ??
    (name === '__proto__' ? undefined : rest)
  )
}

function builder(root: JsonSchema): Build {
  const built = new Map<string, Shape>()
  const number = numbering()
  const build: Build = (schemas, decided) => {
    const parts = flatten(schemas, root)
    const key = `${[...parts].map(number).join()}|${[...decided].map(number).join()}`
    const known = built.get(key)
    if (known !== undefined) return known
    const shape = { object: undefined, list: undefined, dated: false, choice: undefined }
    // Known before it is filled, so that a schema that recurs in itself finds itself.
    built.set(key, shape)
    return Object.assign<object, Shape>(shape, fill(parts, decided, root, build)) as Shape
  }
  return build
}

/** Numbers objects by identity, so that a set of them can be a key. */
function numbering(): (thing: unknown) => number {
  const numbers = new Map<unknown, number>()
  return (thing) => {
    const number = numbers.get(thing) ?? numbers.size
    numbers.set(thing, number)
    return number
  }
}

function flatten(schemas: readonly JsonSchema[], root: JsonSchema): ReadonlySet<JsonSchema> {
  const parts = new Set<JsonSchema>()
  const add = (schema: JsonSchema): void => {
    if (parts.has(schema)) return
    parts.add(schema)
    if (schema.$ref !== undefined) add(resolveReference(schema.$ref, root))
    for (const part of toSchemaList(schema.allOf)) add(part)
  }
  for (const schema of schemas) add(schema)
  return parts
}

function fill(parts: ReadonlySet<JsonSchema>, decided: ReadonlySet<unknown>, root: JsonSchema, build: Build): Shape {
  const branches = branchesOf(parts).find((union) => !decided.has(union))
  if (branches !== undefined) {
    const choice = chooser(branches, root, (branch) => build([...parts, branch], new Set(decided).add(branches)))
    return { object: undefined, list: undefined, dated: false, choice }
  }
  const kinds = kindsOfAll(parts)
  return {
    object: kinds.has('object') ? objectShape(parts, root, build) : undefined,
    list: kinds.has('list') ? listShape(parts, build) : undefined,
    dated: kinds.has('scalar') && [...parts].some(({ format }) => format === 'date-time'),
    choice: undefined,
  }
}

function kindsOfAll(parts: ReadonlySet<JsonSchema>): ReadonlySet<Kind> {
  let kinds: ReadonlySet<Kind> = new Set<Kind>(['object', 'list', 'scalar'])
  for (const part of parts) {
    const own = ownKinds(part)
    if (own !== undefined) kinds = kinds.intersection(own)
  }
  return kinds
}

function objectShape(parts: ReadonlySet<JsonSchema>, root: JsonSchema, build: Build): ObjectShape | 'open' {
  const describing = [...parts].filter(describesObject)
  if (describing.length === 0) return 'open'
  const named = new Map<string, JsonSchema[]>()
  const patterns: (readonly [RegExp, Shape])[] = []
  const rest: JsonSchema[] = []
  const name = (member: string, schema: JsonSchema): void => {
    named.set(member, [...(named.get(member) ?? []), schema])
  }
  const match = (source: string, schema: JsonSchema): void => {
    patterns.push([toPattern(source), build([schema], none)])
  }
  for (const part of describing) {
    for (const [member, schema] of toSchemas(part.properties)) name(member, schema)
    for (const [source, schema] of toSchemas(part.patternProperties)) match(source, schema)
    const others = part.additionalProperties ?? part.unevaluatedProperties ?? false
    if (others === false) continue
    // A record says which names it takes; other names are not declared.
    const names = dereference(toSchema(part.propertyNames), root)
    if (Array.isArray(names.enum)) for (const member of names.enum) name(String(member), toSchema(others))
    else if (typeof names.pattern === 'string') match(names.pattern, toSchema(others))
    else rest.push(toSchema(others))
  }
  const members = new Map<string, Shape>()
  for (const [member, schemas] of named) members.set(member, build(schemas, none))
  if (rest.length > 0) return { members, patterns, rest: build(rest, none) }
  for (const part of parts) {
    // A member that is required but not described is declared all the same.
    for (const member of toNames(part.required)) {
      if (!members.has(member) && !patterns.some(([pattern]) => pattern.test(member))) members.set(member, scalarShape)
    }
  }
  return { members, patterns, rest: undefined }
}

const none: ReadonlySet<unknown> = new Set()

/** A pattern as JSON Schema means it, with Unicode; libraries also write some that only hold without. */
function toPattern(source: string): RegExp {
  try {
    return new RegExp(source, 'u')
  } catch {
    return new RegExp(source)
  }
}

const scalarShape: Shape = { object: undefined, list: undefined, dated: false, choice: undefined }

function toNames(keyword: unknown): readonly string[] {
  return Array.isArray(keyword) ? keyword.map(String) : []
}

function listShape(parts: ReadonlySet<JsonSchema>, build: Build): ListShape | 'open' {
  const describing = [...parts].filter(describesList)
  if (describing.length === 0) return 'open'
  const length = Math.max(...describing.map(({ prefixItems }) => toSchemaList(prefixItems).length))
  const itemAt = (index: number): JsonSchema[] =>
    describing.map((part) => toSchemaList(part.prefixItems)[index] ?? restOf(part))
  const prefix = Array.from({ length }, (_, index) => build(itemAt(index), none))
  const closed = describing.some((part) => (part.items ?? part.unevaluatedItems) === false)
  return { prefix, items: closed ? undefined : build(describing.map(restOf), none) }
}

function restOf({ items, unevaluatedItems }: JsonSchema): JsonSchema {
  return toSchema(items ?? unevaluatedItems)
}
