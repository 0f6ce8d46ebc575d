import type { JsonSchema } from '../../schema/schema.ts'
import { schemaCompiler } from './document-schemas.ts'
import { ofReplies } from './reply-schemas.ts'
import { schemaFaults } from './schema-fault.ts'

type Schema = JsonSchema | boolean

/** What is wrong with a value: `at /name: expected a text, found 5`, once for each fault; nothing when it fits. */
export type SchemaCheck = (schema: Schema, value: unknown) => readonly string[]

/** Makes a check of values in replies by the schemas of a document. Each is compiled when the first value comes, and once. */
export function schemaCheck(schemas: Readonly<Record<string, Schema>>): SchemaCheck {
  const compile = schemaCompiler(ofReplies(schemas))
  const known = new Map<Schema, Schema>()
  return (schema, value) => {
    const directed = known.get(schema) ?? ofReplies({ schema }, schemas).schema ?? true
    known.set(schema, directed)
    const validate = compile(directed)
    if (typeof validate === 'string') return [`is described by a schema that cannot be used: ${validate}`]
    return validate(value) ? [] : schemaFaults(validate.errors ?? [], value)
  }
}
