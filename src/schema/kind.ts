import { resolveReference, toSchema, toSchemaList } from './reference.ts'
import type { JsonSchema } from './schema.ts'

/** What a JSON value is, as far as what is inside it goes. */
export type Kind = 'object' | 'list' | 'scalar'

const all: ReadonlySet<Kind> = new Set(['object', 'list', 'scalar'])

const objectKeywords = ['properties', 'patternProperties', 'additionalProperties', 'unevaluatedProperties'] as const
const listKeywords = ['items', 'prefixItems', 'unevaluatedItems'] as const
const scalarKeywords = [
  'pattern',
  'format',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
] as const

function kindOf(value: unknown): Kind {
  if (typeof value !== 'object' || value === null) return 'scalar'
  return Array.isArray(value) ? 'list' : 'object'
}

/** Whether a schema itself, without what it refers to or combines, says anything about members of objects. */
export function describesObject(schema: JsonSchema): boolean {
  return objectKeywords.some((keyword) => schema[keyword] !== undefined)
}

/** Whether a schema itself, without what it refers to or combines, says anything about items of lists. */
export function describesList(schema: JsonSchema): boolean {
  return listKeywords.some((keyword) => schema[keyword] !== undefined)
}

/** The kinds that a schema itself declares; undefined where it says nothing about them. */
export function ownKinds(schema: JsonSchema): ReadonlySet<Kind> | undefined {
  if (schema.type !== undefined) return new Set([schema.type].flat().map(kindOfType))
  const values = schema.const === undefined ? schema.enum : [schema.const]
  if (Array.isArray(values)) return new Set(values.map(kindOf))
  const kinds = new Set<Kind>()
  if (describesObject(schema)) kinds.add('object')
  if (describesList(schema)) kinds.add('list')
  if (kinds.size === 0 && scalarKeywords.some((keyword) => schema[keyword] !== undefined)) kinds.add('scalar')
  if (kinds.size === 0 && schema.not !== undefined && Object.keys(toSchema(schema.not)).length === 0) return kinds
  return kinds.size === 0 ? undefined : kinds
}

function kindOfType(type: unknown): Kind {
  return type === 'object' ? 'object' : type === 'array' ? 'list' : 'scalar'
}

/** The kinds that a schema allows, with all that it refers to and combines. */
export function kindsOf(
  schema: JsonSchema,
  root: JsonSchema,
  seen: ReadonlySet<JsonSchema> = new Set(),
): ReadonlySet<Kind> {
  if (seen.has(schema)) return all
  const below = new Set(seen).add(schema)
  let kinds = ownKinds(schema) ?? all
  const narrow = (other: ReadonlySet<Kind>): void => {
    kinds = kinds.intersection(other)
  }
  if (schema.$ref !== undefined) narrow(kindsOf(resolveReference(schema.$ref, root), root, below))
  for (const part of toSchemaList(schema.allOf)) narrow(kindsOf(part, root, below))
  for (const union of [toSchemaList(schema.anyOf), toSchemaList(schema.oneOf)]) {
    if (union.length === 0) continue
    narrow(new Set(union.flatMap((branch) => [...kindsOf(branch, root, below)])))
  }
  return kinds
}
