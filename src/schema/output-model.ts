import { outputJsonSchema } from './json-schema.ts'
import { type OutputCheck, outputCheck } from './output-check.ts'
import { projector, undeclaredPaths } from './project.ts'
import type { Project } from './projection-leaf.ts'
import type { JsonSchema, Schema } from './schema.ts'

/** A model as an output: what it declares, what leaves, and whether a value fits. */
export interface OutputModel {
  readonly schema: Schema
  /** The JSON Schema 2020-12 of what leaves. */
  readonly json: JsonSchema
  /** Drops what is not declared; undefined when the model leaves nothing out. */
  readonly project: Project | undefined
  /** The JSON Pointers of what the projection drops, with `*` for every index, each once. */
  readonly undeclared: (value: unknown) => string[]
  /** What is wrong with a value that a service returns, for development and tests: empty when it fits. */
  readonly check: OutputCheck
}

/**
 * Compiles a model into an output.
 *
 * @throws SchemaError when the model is none, or gives what JSON cannot carry.
 * @example
 * const output = outputModel(z.object({ name: z.string() }))
 * output.project?.({ name: 'Ada', salary: 1 }) // { name: 'Ada' }
 * output.check({ name: 1 }) // [{ in: 'body', path: '/name', code: 'invalid_type', message: 'must be a string' }]
 */
export function outputModel(schema: Schema): OutputModel {
  const json = outputJsonSchema(schema)
  return { schema, json, project: projector(json), undeclared: undeclaredPaths(json), check: outputCheck(schema) }
}
