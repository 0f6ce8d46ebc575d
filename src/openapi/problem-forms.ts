import type { Operation, OperationErrors } from '../kernel/operation.ts'
import { problemSchema } from '../kernel/problem-schema.ts'
import type { JsonSchema } from '../schema/schema.ts'
import { problemExample } from './problem-example.ts'
import type { SchemaUse } from './schema-use.ts'

/** One of the forms in which an API tells its problems. */
export interface ProblemForm {
  readonly errors: OperationErrors
  /** What the names of its responses end with, where an API has several forms. */
  readonly suffix: string
  readonly use: SchemaUse | undefined
  /** The other representations of the same bodies, by media type. */
  readonly further: readonly (readonly [type: string, use: SchemaUse | undefined])[]
}

const standard: OperationErrors = {
  name: 'Problem',
  type: 'application/problem+json',
  schema: problemSchema,
  example: problemExample,
}

/** Tells the form of the problems of each operation; operations that tell them alike have the same. */
export function problemForms(operations: readonly Operation[]): (operation: Operation) => ProblemForm {
  const byOperation = new Map<Operation, ProblemForm>()
  const byContent = new Map<string, ProblemForm>()
  const suffixes = new Set<string>()
  for (const operation of operations) {
    const { errors = standard, problems } = operation
    if (problems.length === 0) continue
    const key = JSON.stringify([errors.name, errors.type, errors.schema, errors.further])
    const known = byContent.get(key)
    const form = known ?? formOf(errors, byContent.size === 0 ? '' : free(errors.name, suffixes))
    byContent.set(key, form)
    byOperation.set(operation, form)
  }
  return (operation) => byOperation.get(operation) ?? formOf(standard, '')
}

function formOf(errors: OperationErrors, suffix: string): ProblemForm {
  const further = (errors.further ?? []).map((each) => [each.type, use(each)] as const)
  return { errors, suffix, use: use(errors), further }
}

function free(name: string, taken: Set<string>): string {
  let suffix = name
  for (let number = 2; taken.has(suffix); number++) suffix = name + number
  taken.add(suffix)
  return suffix
}

function use({ name, schema }: Pick<OperationErrors, 'name' | 'schema'>): SchemaUse | undefined {
  if (schema === undefined) return undefined
  const { $defs = {}, ...own } = schema
  const definitions = { ...($defs as Readonly<Record<string, JsonSchema>>), [name]: own }
  return { schema: { $ref: `#/$defs/${name}` }, definitions, side: 'reply', owner: name }
}
