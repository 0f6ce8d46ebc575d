import { resolveReference, toSchema, toSchemaList, toSchemas } from './reference.ts'
import type { JsonSchema } from './schema.ts'

const single = ['additionalProperties', 'contains', 'else', 'if', 'items', 'not', 'propertyNames', 'then'] as const
const unevaluated = ['unevaluatedItems', 'unevaluatedProperties'] as const
const listed = ['allOf', 'anyOf', 'oneOf', 'prefixItems'] as const
const named = ['dependentSchemas', 'patternProperties', 'properties'] as const

/** The subschemas that stand directly in a schema, and what it refers to. */
export function subschemas(schema: JsonSchema, root: JsonSchema): JsonSchema[] {
  return [
    ...(schema.$ref === undefined ? [] : [resolveReference(schema.$ref, root)]),
    ...[...single, ...unevaluated].map((keyword) => toSchema(schema[keyword])),
    ...listed.flatMap((keyword) => toSchemaList(schema[keyword])),
    ...named.flatMap((keyword) => toSchemas(schema[keyword]).map(([, member]) => member)),
  ]
}

/**
 * A schema and all schemas below it, through references too.
 *
 * @throws SchemaError when a `$ref` points at nothing.
 */
export function reachable(schema: JsonSchema, root: JsonSchema): ReadonlySet<JsonSchema> {
  const found = new Set<JsonSchema>()
  const add = (one: JsonSchema): void => {
    if (found.has(one)) return
    found.add(one)
    for (const below of subschemas(one, root)) add(below)
  }
  add(schema)
  return found
}
