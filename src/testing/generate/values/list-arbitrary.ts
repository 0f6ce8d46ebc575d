import { type Arbitrary, array, constant, oneof, tuple, uniqueArray } from 'fast-check'
import type { JsonSchema } from '../../../schema/schema.ts'
import { type AnySchema, numberIn, schemaIn, schemasIn } from '../../openapi/schema-parts.ts'
import type { Members } from './object-arbitrary.ts'

const usual = 4

/** Lists that fit. */
export function listOf(
  schema: JsonSchema,
  generate: (schema: AnySchema) => Arbitrary<unknown>,
  members: Members,
): Arbitrary<readonly unknown[]> {
  const first = schemasIn(schema, 'prefixItems')
  const items = schemaIn(schema, 'items') ?? true
  const minLength = numberIn(schema, 'minItems') ?? 0
  const maxItems = numberIn(schema, 'maxItems') ?? Infinity
  if (minLength > maxItems) throw new RangeError('no length fits')
  const maxLength = members === 'never' ? minLength : Math.min(maxItems, Math.max(minLength, usual))
  if (first.length > 0) {
    const rest = { minLength: Math.max(0, minLength - first.length), maxLength: Math.max(0, maxLength - first.length) }
    const tail = items === false || rest.maxLength === 0 ? constant([]) : array(generate(items), rest)
    return tuple(tuple(...first.map(generate)), tail).map(([head, more]) => [...head, ...more].slice(0, maxItems))
  }
  if (items === false || maxLength === 0) return constant([])
  const length = { minLength, maxLength, depthIdentifier: 'schema' }
  const full: Arbitrary<readonly unknown[]> =
    schema.uniqueItems === true
      ? uniqueArray(generate(items), { ...length, selector: (item) => JSON.stringify(item) })
      : array(generate(items), length)
  if (minLength > 0) return full
  // Items that have lists of their kind end with empty ones.
  return oneof(
    { depthIdentifier: 'schema', maxDepth: 6 },
    { weight: 1, arbitrary: constant([]) },
    { weight: 4, arbitrary: full },
  )
}
