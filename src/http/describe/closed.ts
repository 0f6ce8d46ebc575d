import type { JsonSchema } from '../../schema/schema.ts'
import { isSchema, mapSubschemas } from '../../schema/subschemas.ts'

const composing = ['$ref', 'allOf', 'anyOf', 'oneOf', 'if', 'dependentSchemas']
const holding = ['properties', 'items', 'prefixItems', 'additionalProperties', 'patternProperties']

/**
 * A schema that takes no members but those it declares. Definitions stay as they are, since others use them as well: what
 * refers to one is closed beside the reference.
 */
export function closed(schema: JsonSchema): JsonSchema {
  if (composing.some((keyword) => keyword in schema)) {
    return 'unevaluatedProperties' in schema ? schema : { ...schema, unevaluatedProperties: false }
  }
  const held = Object.fromEntries(holding.filter((each) => each in schema).map((each) => [each, schema[each]]))
  const own = { ...schema, ...mapSubschemas(held, (each) => (leadsToObject(each) ? closed(each) : each)) }
  if (!isSchema(schema.properties) || 'additionalProperties' in schema || 'unevaluatedProperties' in schema) return own
  return { ...own, additionalProperties: false }
}

/** Whether there may be members to be strict about. */
function leadsToObject(schema: JsonSchema): boolean {
  if (composing.some((keyword) => keyword in schema)) {
    const choices = [schema.anyOf, schema.oneOf, schema.allOf].flatMap((each) => (Array.isArray(each) ? each : []))
    return '$ref' in schema || 'properties' in schema || choices.some((each) => isSchema(each) && leadsToObject(each))
  }
  return holding.some((keyword) => keyword in schema)
}
