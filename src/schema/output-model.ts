import type { Finding } from './finding.ts'
import { outputJsonSchema } from './json-schema.ts'
import { type Project, projector, undeclaredPaths } from './project.ts'
import type { JsonSchema, Schema } from './schema.ts'

export interface OutputModel {
  readonly schema: Schema
  readonly json: JsonSchema
  readonly project: Project | undefined
  readonly undeclared: (value: unknown) => string[]
  readonly check: (value: unknown) => readonly Finding[] | Promise<readonly Finding[]>
}

export function outputModel(schema: Schema): OutputModel {
  const json = outputJsonSchema(schema)
  return { schema, json, project: projector(json), undeclared: undeclaredPaths(json), check: () => [] }
}
