import { dereference, toSchema, toSchemaList } from '../../schema/reference.ts'
import type { JsonSchema } from '../../schema/schema.ts'

/** Keywords that no empty text satisfies. */
const filled = ['format', 'contentEncoding'] as const

/**
 * Whether the model of a form's field takes an empty text. Where it does not, an empty text counts as not given: that
 * is what browsers send for a field that nobody has filled in.
 *
 * @param schema may be a `$ref` into `root`.
 */
export function takesEmptyText(schema: JsonSchema, root: JsonSchema): boolean {
  return takesEmpty(schema, root, new Set())
}

function takesEmpty(schema: JsonSchema, root: JsonSchema, seen: Set<JsonSchema>): boolean {
  const target = dereference(schema, root)
  // A model that recurs in itself takes nothing more the second time.
  if (seen.has(target)) return false
  seen.add(target)
  const branches = [...toSchemaList(target.anyOf), ...toSchemaList(target.oneOf)]
  if (branches.length > 0) return branches.some((each) => takesEmpty(each, root, seen))
  const values = target.const === undefined ? target.enum : [target.const]
  if (Array.isArray(values)) return values.includes('')
  const types = [target.type].flat()
  if (types.includes('array')) return takesEmpty(toSchema(target.items), root, seen)
  if (!types.includes('string') && target.type !== undefined) return false
  if (filled.some((keyword) => target[keyword] !== undefined) || Number(target.minLength ?? 0) > 0) return false
  return typeof target.pattern !== 'string' || new RegExp(target.pattern).test('')
}
