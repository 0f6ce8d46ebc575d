import { resolveReference, toSchemaList, toSchemas } from './reference.ts'
import type { JsonSchema } from './schema.ts'

/** A member that a schema declares for objects. */
export interface DeclaredMember {
  readonly schema: JsonSchema
  readonly required: boolean
}

interface Declared {
  readonly schemas: readonly JsonSchema[]
  readonly required: boolean
}

type DeclaredByName = ReadonlyMap<string, Declared>

/** The members that a schema declares for objects, with references followed, `allOf` merged and alternatives put together. */
export function declaredMembers(schema: JsonSchema, root: JsonSchema): ReadonlyMap<string, DeclaredMember> {
  const declared = [...declaredIn(schema, root, new Set())]
  return new Map(declared.map(([name, { schemas, required }]) => [name, { schema: join('allOf', schemas), required }]))
}

function declaredIn(schema: JsonSchema, root: JsonSchema, seen: ReadonlySet<JsonSchema>): DeclaredByName {
  if (seen.has(schema)) return new Map()
  const below = new Set(seen).add(schema)
  const required = new Set(Array.isArray(schema.required) ? schema.required : [])
  const own = new Map<string, Declared>()
  for (const [name, one] of toSchemas(schema.properties))
    own.set(name, { schemas: [one], required: required.has(name) })
  const parts = [own]
  if (schema.$ref !== undefined) parts.push(new Map(declaredIn(resolveReference(schema.$ref, root), root, below)))
  for (const part of toSchemaList(schema.allOf)) parts.push(new Map(declaredIn(part, root, below)))
  for (const union of [toSchemaList(schema.anyOf), toSchemaList(schema.oneOf)]) {
    if (union.length > 0) parts.push(inAny(union.map((branch) => declaredIn(branch, root, below))))
  }
  return inAll(parts, required)
}

function inAll(parts: readonly DeclaredByName[], required: ReadonlySet<unknown>): DeclaredByName {
  const all = new Map<string, Declared>()
  for (const [name, one] of parts.flatMap((part) => [...part])) {
    const known = all.get(name)
    const schemas = known === undefined ? one.schemas : [...new Set([...known.schemas, ...one.schemas])]
    all.set(name, { schemas, required: one.required || known?.required === true || required.has(name) })
  }
  return all
}

function inAny(branches: readonly DeclaredByName[]): Map<string, Declared> {
  const merged = new Map<string, Declared>()
  for (const name of new Set(branches.flatMap((branch) => [...branch.keys()]))) {
    const found = branches.flatMap((branch) => branch.get(name) ?? [])
    merged.set(name, {
      schemas: [join('anyOf', [...new Set(found.map(({ schemas }) => join('allOf', schemas)))])],
      required: found.length === branches.length && found.every(({ required }) => required),
    })
  }
  return merged
}

function join(keyword: 'allOf' | 'anyOf', schemas: readonly JsonSchema[]): JsonSchema {
  const [only] = schemas
  return only !== undefined && schemas.length === 1 ? only : { [keyword]: schemas }
}
