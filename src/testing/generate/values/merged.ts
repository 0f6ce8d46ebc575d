import type { JsonSchema } from '../../../schema/schema.ts'
import {
  type AnySchema,
  isObject,
  namedIn,
  resolved,
  type Schemas,
  schemasIn,
  textsIn,
} from '../../openapi/schema-parts.ts'

/** A schema with all parts of its `allOf` laid together, as far as that can be done; a filter sees to the rest. */
export function merged(schema: AnySchema, schemas: Schemas, depth: number = 0): JsonSchema {
  const { allOf: _parts, ...own } = resolved(schema, schemas)
  const parts = schemasIn(resolved(schema, schemas), 'allOf')
  if (parts.length === 0 || depth > 8) return own
  return parts.map((part) => merged(part, schemas, depth + 1)).reduce(together, own)
}

const largest = new Set(['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'])
const smallest = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'])

function together(left: JsonSchema, right: JsonSchema): JsonSchema {
  const both: Record<string, unknown> = { ...left }
  for (const [keyword, value] of Object.entries(right)) {
    const before = both[keyword]
    if (before === undefined) both[keyword] = value
    else if (keyword === 'properties') both[keyword] = propertiesOf(left, right)
    else if (keyword === 'required')
      both[keyword] = [...new Set([...textsIn(left, keyword), ...textsIn(right, keyword)])]
    else if (largest.has(keyword)) both[keyword] = Math.max(Number(before), Number(value))
    else if (smallest.has(keyword)) both[keyword] = Math.min(Number(before), Number(value))
    else if (keyword === 'enum' && Array.isArray(before) && Array.isArray(value)) {
      both[keyword] = before.filter((each) => value.some((other) => JSON.stringify(other) === JSON.stringify(each)))
    } else if (keyword === 'additionalProperties' && (value === false || isObject(value))) both[keyword] = value
  }
  return both
}

function propertiesOf(left: JsonSchema, right: JsonSchema): Readonly<Record<string, AnySchema>> {
  const [one, other] = [namedIn(left, 'properties'), namedIn(right, 'properties')]
  const both = Object.entries(other).map(([name, schema]) => {
    const before = one[name]
    return [name, before === undefined ? schema : { allOf: [before, schema] }]
  })
  return { ...one, ...Object.fromEntries(both) }
}
