import type { JsonSchema, Schema } from './schema.ts'

export function jsonSchema<T = unknown>(schema: JsonSchema): Schema<T> {
  return {
    '~standard': {
      version: 1,
      vendor: 'trestle',
      validate: (value) => ({ value: value as T }),
      jsonSchema: { input: () => schema, output: () => schema },
    },
  }
}
