import { reachable } from './reachable.ts'
import type { JsonSchema } from './schema.ts'

/**
 * Whether any schema of a document leaves something out of a value: an object that declares its members, or a date,
 * which leaves as text.
 *
 * @throws SchemaError when a `$ref` points at nothing.
 */
export function restricts(root: JsonSchema): boolean {
  return [...reachable(root, root)].some(closes)
}

function closes({ properties, additionalProperties, unevaluatedProperties, format }: JsonSchema): boolean {
  return (
    properties !== undefined ||
    additionalProperties === false ||
    unevaluatedProperties === false ||
    format === 'date-time'
  )
}
