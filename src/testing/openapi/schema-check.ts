import type { JsonSchema } from '../../schema/schema.ts'
import { type Direction, inDirection } from './direction.ts'
import { schemaCompiler } from './document-schemas.ts'
import { schemaFaults } from './schema-fault.ts'

type Schema = JsonSchema | boolean

/** What is wrong with a value: `at /name: expected a text, found 5`, once for each fault; nothing when it fits. */
export type SchemaCheck = (schema: Schema, value: unknown) => readonly string[]

/**
 * Makes a check of values by the schemas of a document, in one direction: what is `writeOnly` need not be in replies, and
 * what is `readOnly` need not be in requests. Each schema is compiled when the first value comes, and once.
 */
export function schemaCheck(schemas: Readonly<Record<string, Schema>>, direction: Direction): SchemaCheck {
  const compile = schemaCompiler(inDirection(schemas, direction))
  const known = new Map<Schema, Schema>()
  return (schema, value) => {
    const directed = known.get(schema) ?? inDirection({ schema }, direction, schemas).schema ?? true
    known.set(schema, directed)
    const validate = compile(directed)
    if (typeof validate === 'string') return [`is described by a schema that cannot be used: ${validate}`]
    return validate(value) ? [] : schemaFaults(validate.errors ?? [], value)
  }
}
