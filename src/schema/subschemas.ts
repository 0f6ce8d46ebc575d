import type { JsonSchema } from './schema.ts'

const single = [
  ...['items', 'contains', 'additionalProperties', 'propertyNames', 'unevaluatedItems', 'unevaluatedProperties'],
  ...['not', 'if', 'then', 'else', 'contentSchema'],
]
const listed = ['allOf', 'anyOf', 'oneOf', 'prefixItems']
const named = ['properties', 'patternProperties', 'dependentSchemas', '$defs']

/** A copy of a schema whose direct subschemas are replaced; data in it (`const`, `examples` ...) is left alone. */
export function mapSubschemas(schema: JsonSchema, replace: (subschema: JsonSchema) => JsonSchema): JsonSchema {
  const replaceIf = (value: unknown): unknown => (isSchema(value) ? replace(value) : value)
  const result: Record<string, unknown> = { ...schema }
  for (const keyword of single) if (keyword in schema) result[keyword] = replaceIf(schema[keyword])
  for (const keyword of listed) {
    const value = schema[keyword]
    if (Array.isArray(value)) result[keyword] = value.map(replaceIf)
  }
  for (const keyword of named) {
    const value = schema[keyword]
    if (isSchema(value)) {
      result[keyword] = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replaceIf(each)]))
    }
  }
  return result
}

/** Whether a test holds for a schema or for one inside it; none is asked behind the first. */
export function someSchema(schema: JsonSchema, test: (schema: JsonSchema) => boolean): boolean {
  const holds = (value: unknown): boolean => isSchema(value) && someSchema(value, test)
  if (test(schema) || single.some((keyword) => holds(schema[keyword]))) return true
  return (
    listed.some((keyword) => {
      const value = schema[keyword]
      return Array.isArray(value) && value.some(holds)
    }) ||
    named.some((keyword) => {
      const value = schema[keyword]
      return isSchema(value) && Object.values(value).some(holds)
    })
  )
}

/** Shows a schema, and every schema in it, to `visit`. */
export function walkSchema(schema: JsonSchema, visit: (schema: JsonSchema) => void): void {
  someSchema(schema, (each) => {
    visit(each)
    return false
  })
}

/** Whether the value is an object schema, and not one of the boolean schemas. */
export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
