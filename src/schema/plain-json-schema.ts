import { createRequire } from 'node:module'
import type { Ajv, ValidateFunction } from 'ajv'
import { plainIssues } from './plain-json-issue.ts'
import type { JsonSchema, Schema } from './schema.ts'
import { SchemaError } from './schema-error.ts'

/**
 * Plain JSON Schema 2020-12 as a model, for schemas that exist already. Values are validated by Ajv, with formats and
 * with every finding at once; it is loaded, and the schema compiled, when the first value is validated.
 *
 * ```ts
 * const Point = jsonSchema<{ x: number }>({ type: 'object', properties: { x: { type: 'number' } }, required: ['x'] })
 * const half = service({ name: 'half', input: Point, output: z.number(), handle: ({ input }) => input.x / 2 })
 * await using app = createApp({ services: [half] })
 * await app.invoke(half, { x: 5 }) // => 2.5
 * ```
 *
 * @throws SchemaError in the first validation, when Ajv cannot compile the schema.
 */
export function jsonSchema<T = unknown>(schema: JsonSchema): Schema<T> {
  // Its name must be its own in Ajv, and only references inside it work.
  const { $id, ...root } = schema
  let validator: ValidateFunction<T> | undefined
  return {
    '~standard': {
      version: 1,
      vendor: 'trestle',
      validate: (value) => {
        validator ??= compile<T>(root)
        return validator(value) ? { value } : { issues: plainIssues(validator.errors ?? [], value, root) }
      },
      jsonSchema: { input: () => ({ ...schema }), output: () => ({ ...schema }) },
    },
  }
}

let shared: Ajv | undefined

function compile<T>(schema: JsonSchema): ValidateFunction<T> {
  shared ??= loadAjv()
  try {
    return shared.compile<T>(schema)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new SchemaError(`The JSON Schema cannot be compiled: ${reason}.`, { cause })
  }
}

function loadAjv(): Ajv {
  // Required, not imported: an app without plain JSON Schema never pays the 80 ms that Ajv takes to load.
  const require = createRequire(import.meta.url)
  const { Ajv2020 }: typeof import('ajv/dist/2020.js') = require('ajv/dist/2020.js')
  const { default: addFormats }: { readonly default: (ajv: object) => void } = require('ajv-formats')
  const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true })
  addFormats(ajv)
  return ajv
}
