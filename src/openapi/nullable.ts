import type { JsonSchema } from '../schema/schema.ts'
import { isSchema } from '../schema/subschemas.ts'

type Components = Readonly<Record<string, JsonSchema>>

/** Says `null` and lists of types in the words of OpenAPI 3.0: one type at most, and `nullable` only beside it. */
export function nullableSchema(schema: JsonSchema, components: Components): JsonSchema {
  const { type } = schema
  const types = Array.isArray(type) ? type : type === undefined ? [] : [type]
  const others = types.filter((each) => each !== 'null')
  const single = singleType(schema, others)
  const typed = others.length < types.length ? nullable(single, components) : single
  return withoutNullBranch(typed, components)
}

function singleType(schema: JsonSchema, types: readonly unknown[]): JsonSchema {
  const { type, ...untyped } = schema
  if (type === undefined) return schema
  // Any type does where only null is allowed.
  if (types.length === 0) return { ...untyped, type: 'string', enum: [] }
  if (types.length === 1) return { ...untyped, type: types[0] }
  const branches = types.map((each) => ({ type: each }))
  if (!('anyOf' in untyped)) return { ...untyped, anyOf: branches }
  return { ...untyped, allOf: [...(Array.isArray(untyped.allOf) ? untyped.allOf : []), { anyOf: branches }] }
}

function withoutNullBranch(schema: JsonSchema, components: Components): JsonSchema {
  for (const keyword of ['anyOf', 'oneOf']) {
    const branches = schema[keyword]
    if (!Array.isArray(branches) || !branches.some(isNull)) continue
    const others = branches.filter((each) => !isNull(each))
    const { [keyword]: _, ...outer } = schema
    const [only] = others
    if (others.length !== 1) return nullable({ ...outer, [keyword]: others }, components)
    const fits = isSchema(only) && Object.keys(only).every((each) => !(each in outer))
    return nullable(fits ? { ...outer, ...only } : { ...outer, allOf: [only] }, components)
  }
  return schema
}

/** Puts `nullable` where 3.0 heeds it: beside a type, else in the first branch that has one. */
function nullable(schema: JsonSchema, components: Components): JsonSchema {
  if (schema.type !== undefined) {
    const { enum: values } = schema
    const listed = Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {}
    return { ...schema, nullable: true, ...listed }
  }
  if (typeof schema.$ref === 'string') {
    const type = typeOf(schema, components)
    const { $ref, ...beside } = schema
    if (type !== undefined) return { ...beside, type, nullable: true, allOf: [{ $ref }] }
    return { ...beside, anyOf: [{ $ref }, { type: 'string', nullable: true, enum: [null] }] }
  }
  for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
    const branches = schema[keyword]
    if (!Array.isArray(branches) || branches.length === 0) continue
    const typed = branches.findIndex((each) => isSchema(each) && each.type !== undefined)
    const at = Math.max(typed, 0)
    return { ...schema, [keyword]: branches.map((each, index) => (index === at ? nullable(each, components) : each)) }
  }
  return schema
}

function typeOf({ $ref }: JsonSchema, components: Components): unknown {
  const target = components[String($ref).replace('#/components/schemas/', '')]
  if (target === undefined) return undefined
  const { type } = target
  if (type === undefined)
    return typeof target.$ref === 'string' && target.$ref !== $ref ? typeOf(target, components) : undefined
  return Array.isArray(type) ? undefined : type
}

function isNull(schema: unknown): boolean {
  return isSchema(schema) && (schema.type === 'null' || ('const' in schema && schema.const === null))
}
