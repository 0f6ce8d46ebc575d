import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type ArkIssue, arkIssues } from './ark-issue.ts'
import { type Check, type Issue, Rejected, toKeys } from './issue.ts'
import type { Schema } from './schema.ts'
import { type ValibotIssue, valibotIssues } from './valibot-issue.ts'
import { isZod, zodCheck } from './zod-check.ts'

type ReadIssue = (issue: StandardSchemaV1.Issue) => Issue[]

const readers: Readonly<Record<string, ReadIssue>> = {
  arktype: (issue) => arkIssues(issue as ArkIssue),
  trestle: (issue) => [issue as StandardSchemaV1.Issue & Issue],
  valibot: (issue) => valibotIssues(issue as ValibotIssue),
}

/** What a validator that we do not know says, is said as it is. */
const asGiven: ReadIssue = ({ path, message }) => [{ keys: toKeys(path), code: 'invalid', message, own: true }]

/** Compiles the check of a model, whatever library it is of. */
export function checkOf(schema: Schema): Check {
  if (isZod(schema)) return zodCheck(schema)
  const { validate, vendor } = schema['~standard']
  const read = readers[vendor] ?? asGiven
  const settle = (result: StandardSchemaV1.Result<unknown>): unknown =>
    result.issues === undefined ? result.value : new Rejected(result.issues.flatMap(read))
  return (value) => {
    const result = validate(value)
    return result instanceof Promise ? result.then(settle) : settle(result)
  }
}
