import type { JsonSchema, Schema } from './schema.ts'
import { SchemaError } from './schema-error.ts'

const inputs = new WeakMap<Schema, JsonSchema>()
const outputs = new WeakMap<Schema, JsonSchema>()

export function inputJsonSchema(schema: Schema): JsonSchema {
  return cached(inputs, schema, 'input')
}

export function outputJsonSchema(schema: Schema): JsonSchema {
  return cached(outputs, schema, 'output')
}

function cached(cache: WeakMap<Schema, JsonSchema>, schema: Schema, side: 'input' | 'output'): JsonSchema {
  const known = cache.get(schema)
  if (known !== undefined) return known
  const converter = schema?.['~standard']?.jsonSchema
  if (converter === undefined) throw new SchemaError('This model carries no JSON Schema.')
  const { $schema: _, ...json } = converter[side]({
    target: 'draft-2020-12',
    libraryOptions: { unrepresentable: () => ({ type: 'string', format: 'date-time' }) },
  })
  cache.set(schema, json)
  return json
}
