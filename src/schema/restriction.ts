import { resolveReference, toSchema, toSchemaList, toSchemas } from './reference.ts'
import type { JsonSchema } from './schema.ts'

const single = [
  'additionalProperties',
  'else',
  'if',
  'items',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
] as const
const listed = ['allOf', 'anyOf', 'oneOf', 'prefixItems'] as const
const named = ['dependentSchemas', 'patternProperties', 'properties'] as const

/**
 * Whether any schema of a document leaves something out of a value: members or items that it does not declare, or the
 * Date behind a text.
 *
 * @throws SchemaError when a `$ref` points at nothing.
 */
export function restricts(root: JsonSchema): boolean {
  const found = new Set<JsonSchema>()
  const add = (schema: JsonSchema): void => {
    if (found.has(schema)) return
    found.add(schema)
    if (schema.$ref !== undefined) add(resolveReference(schema.$ref, root))
    for (const keyword of single) if (schema[keyword] !== undefined) add(toSchema(schema[keyword]))
    for (const keyword of listed) for (const part of toSchemaList(schema[keyword])) add(part)
    for (const keyword of named) for (const [, member] of toSchemas(schema[keyword])) add(member)
  }
  // All of them are visited, so that a reference to nothing is found at start-up.
  add(root)
  return [...found].some(leavesOut)
}

function leavesOut(schema: JsonSchema): boolean {
  if (schema.properties !== undefined || schema.format === 'date-time') return true
  const { enum: names, pattern, $ref } = toSchema(schema.propertyNames)
  return closing.some((keyword) => schema[keyword] === false) || (names ?? pattern ?? $ref) !== undefined
}

const closing = ['additionalProperties', 'items', 'unevaluatedItems', 'unevaluatedProperties'] as const
