import { createRequire } from 'node:module'
import type { Ajv, ValidateFunction } from 'ajv'
import type { JsonSchema } from '../../schema/schema.ts'
import { isSchema, mapSubschemas } from '../../schema/subschemas.ts'
import { type Direction, inDirection } from './direction.ts'
import { schemaFaults } from './schema-fault.ts'

type Schema = JsonSchema | boolean

/** What is wrong with a value: `at /name: expected a text, found 5`, once for each fault; nothing when it fits. */
export type SchemaCheck = (schema: Schema, value: unknown) => readonly string[]

const root = 'urn:trestle:api'

/**
 * Makes a check of values by the schemas of a document, in one direction: what is `writeOnly` need not be in replies, and
 * what is `readOnly` need not be in requests. Each schema is compiled when the first value comes, and once.
 */
export function schemaCheck(schemas: Readonly<Record<string, Schema>>, direction: Direction): SchemaCheck {
  let ajv: Ajv | undefined
  const known = new Map<Schema, ValidateFunction | string>()
  const compiled = (schema: Schema): ValidateFunction | string => {
    ajv ??= ajvWith(inDirection(schemas, direction))
    try {
      return ajv.compile(rebased(inDirection({ schema }, direction, schemas).schema ?? true))
    } catch (error) {
      return `is described by a schema that cannot be used: ${error instanceof Error ? error.message : error}`
    }
  }
  return (schema, value) => {
    const validate = known.get(schema) ?? compiled(schema)
    known.set(schema, validate)
    if (typeof validate === 'string') return [validate]
    if (validate(value)) return []
    return schemaFaults(validate.errors ?? [], value)
  }
}

function ajvWith(schemas: Readonly<Record<string, Schema>>): Ajv {
  // Required, not imported: Ajv takes 80 ms to load, and not every run checks a reply.
  const require = createRequire(import.meta.url)
  const { Ajv2020 }: typeof import('ajv/dist/2020.js') = require('ajv/dist/2020.js')
  const { default: addFormats }: { readonly default: (ajv: object) => void } = require('ajv-formats')
  const code = { regExp }
  const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true, logger: false, code })
  addFormats(ajv)
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
