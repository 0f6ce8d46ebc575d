import type { JsonSchema } from './schema.ts'
import { SchemaError } from './schema-error.ts'

const anything: JsonSchema = Object.freeze({})
const nothing: JsonSchema = Object.freeze({ not: anything })

/** A subschema as an object: `true` and what is absent allow anything, `false` allows nothing. */
export function toSchema(subschema: unknown): JsonSchema {
  if (typeof subschema === 'object' && subschema !== null) return subschema as JsonSchema
  return subschema === false ? nothing : anything
}

/** The entries of a keyword that maps names to subschemas, such as `properties`; none where it is absent. */
export function toSchemas(keyword: unknown): [name: string, schema: JsonSchema][] {
  if (typeof keyword !== 'object' || keyword === null) return []
  return Object.entries(keyword).map(([name, subschema]) => [name, toSchema(subschema)])
}

/** The subschemas of a keyword that lists them, such as `allOf`; none where it is absent. */
export function toSchemaList(keyword: unknown): readonly JsonSchema[] {
  return Array.isArray(keyword) ? keyword.map(toSchema) : []
}

/**
 * What a `$ref` points to inside its own document: `#`, `#/$defs/Name`, or any other JSON Pointer below `#`.
 *
 * @throws SchemaError when it points outside the document, or at nothing.
 */
export function resolveReference(reference: unknown, root: JsonSchema): JsonSchema {
  if (reference === '#') return root
  if (typeof reference !== 'string' || !reference.startsWith('#/')) {
    throw new SchemaError(
      `The reference '${String(reference)}' points outside its model: move what it means under $defs, and write '#/$defs/Name'.`,
    )
  }
  let target: unknown = root
  for (const part of reference.slice(2).split('/')) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
    target =
      typeof target === 'object' && target !== null && Object.hasOwn(target, key) ? Reflect.get(target, key) : undefined
  }
  if (typeof target === 'object' && target !== null) return target as JsonSchema
  if (typeof target === 'boolean') return toSchema(target)
  throw new SchemaError(`The reference '${reference}' points at nothing: is it under $defs of its model?`)
}

/** Follows `$ref` until a schema that is none; a reference that only leads back to itself allows anything. */
export function dereference(schema: JsonSchema, root: JsonSchema): JsonSchema {
  let current = schema
  for (let hops = 0; current.$ref !== undefined; hops++) {
    if (hops === 100) return anything
    current = resolveReference(current.$ref, root)
  }
  return current
}
