import { type Kind, ownKinds } from './kind.ts'
import { resolveReference, toSchemaList } from './reference.ts'
import type { JsonSchema } from './schema.ts'
import type { Build, Shape } from './shape.ts'
import { branchesOf, chooser } from './shape-choice.ts'
import { listShape, objectShape } from './shape-parts.ts'
import { scalarShape } from './shape-scalar.ts'

/** Makes the builder of the shapes of one document, which gives the same shape for the same schemas. */
export function shapeBuilder(root: JsonSchema): Build {
  const built = new Map<string, Shape>()
  const number = numbering()
  const build: Build = (schemas, decided) => {
    const parts = flatten(schemas, root)
    const key = `${[...parts].map(number).join()}|${[...decided].map(number).join()}`
    const known = built.get(key)
    if (known !== undefined) return known
    const shape: Shape = { ...scalarShape }
    // Known before it is filled, so that a schema that recurs in itself finds itself.
    built.set(key, shape)
    return Object.assign(shape, fill(parts, decided, root, build))
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
    return { object: undefined, list: undefined, choice }
  }
  const kinds = kindsOfAll(parts)
  return {
    object: kinds.has('object') ? objectShape(parts, root, build) : undefined,
    list: kinds.has('list') ? listShape(parts, build) : undefined,
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
