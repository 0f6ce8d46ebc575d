import { createRequire } from 'node:module'
import type { Ajv, ValidateFunction } from 'ajv'
import type { JsonSchema } from '../../schema/schema.ts'
import { isSchema, mapSubschemas } from '../../schema/subschemas.ts'

type Schema = JsonSchema | boolean

const root = 'urn:trestle:api'

/** Gives the function that checks values by a schema; a text says why there is none, such as for a wrong pattern. */
export type CompileSchema = (schema: Schema) => ValidateFunction | string

/** Compiles schemas that refer to the named ones of a document, each when it is first asked for, and once. */
export function schemaCompiler(schemas: Readonly<Record<string, Schema>>): CompileSchema {
  let ajv: Ajv | undefined
  const known = new Map<Schema, ValidateFunction | string>()
  const compiled = (schema: Schema): ValidateFunction | string => {
    ajv ??= ajvWith(schemas)
    try {
      return ajv.compile(rebased(schema))
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }
  return (schema) => {
    const validate = known.get(schema) ?? compiled(schema)
    known.set(schema, validate)
    return validate
  }
}

function ajvWith(schemas: Readonly<Record<string, Schema>>): Ajv {
  // Required, not imported: Ajv takes 80 ms to load, and not every run checks a value.
  const require = createRequire(import.meta.url)
  const { Ajv2020 }: typeof import('ajv/dist/2020.js') = require('ajv/dist/2020.js')
  const { default: addFormats }: { readonly default: (ajv: object) => void } = require('ajv-formats')
  const code = { regExp }
  const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true, logger: false, code })
  addFormats(ajv)
  // Their sizes are what the types int64 and double say themselves.
  for (const name of ['int64', 'uint64', 'double', 'float']) ajv.addFormat(name, true)
  const components = Object.fromEntries(Object.entries(schemas).map(([name, each]) => [name, rebased(each)]))
  return ajv.addSchema({ $id: root, components: { schemas: components } })
}

/** Many documents have patterns that JavaScript takes only without its `u` flag. */
const regExp = Object.assign(
  (pattern: string, flags: string): RegExp => {
    try {
      return new RegExp(pattern, flags)
    } catch {
      return new RegExp(pattern)
    }
  },
  { code: 'new RegExp' },
)

/** The same schema with references into the document that Ajv has under a name of its own. */
function rebased(schema: Schema): Schema {
  if (!isSchema(schema)) return schema
  const inner = mapSubschemas(schema, (each) => rebased(each) as JsonSchema)
  const { $ref, ...kept } = inner
  // Ajv gives the word a meaning that OpenAPI does not.
  const { discriminator: _, ...plain } = kept
  return typeof $ref === 'string' ? { ...plain, $ref: `${root}${encodeURI($ref)}` } : plain
}
