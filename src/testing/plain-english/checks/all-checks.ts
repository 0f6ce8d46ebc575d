import type { Check } from './check.ts'
import { equalityChecks } from './equality.ts'
import { kindChecks } from './kinds.ts'
import { listChecks } from './lists.ts'
import { numberChecks } from './numbers.ts'
import { schemaChecks } from './schema.ts'
import { textChecks } from './texts.ts'

/** All that can be said of a value, in the order of the reference. */
export const allChecks: readonly Check[] = [
  ...equalityChecks,
  ...kindChecks,
  ...numberChecks,
  ...textChecks,
  ...listChecks,
  ...schemaChecks,
]
