import { kindsOf } from './kind.ts'
import { resolveReference, toSchemaList, toSchemas } from './reference.ts'
import type { JsonSchema } from './schema.ts'
import { type ReadText, textReader } from './text.ts'

/** One top-level member of an input, which a path, query, header, cookie, form or body may carry. */
export interface InputMember {
  readonly name: string
  /** As it stands in the model: it may be a `$ref` into the JSON Schema of the input. */
  readonly schema: JsonSchema
  readonly required: boolean
  /** Reads the member from text; compiled when it is first asked for. */
  readonly readText: ReadText
}

interface Declared {
  readonly schemas: readonly JsonSchema[]
  readonly required: boolean
}

type DeclaredByName = ReadonlyMap<string, Declared>

/**
 * The members of an input in declared order, with references followed, `allOf` merged and those of alternatives put
 * together; undefined when the input is not always an object, so that it can only be a body as a whole.
 *
 * @throws SchemaError when a `$ref` points at nothing.
 */
export function inputMembers(root: JsonSchema): ReadonlyMap<string, InputMember> | undefined {
  const kinds = kindsOf(root, root)
  if (kinds.size !== 1 || !kinds.has('object')) return undefined
  const members = new Map<string, InputMember>()
  for (const [name, { schemas, required }] of declaredIn(root, root, new Set())) {
    members.set(name, member(name, join('allOf', schemas), required, root))
  }
  return members
}

function member(name: string, schema: JsonSchema, required: boolean, root: JsonSchema): InputMember {
  let read: ReadText | undefined
  return {
    name,
    schema,
    required,
    get readText(): ReadText {
      read ??= textReader(schema, root)
      return read
    },
  }
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
