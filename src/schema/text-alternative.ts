import { dereference, toSchemaList } from './reference.ts'
import type { JsonSchema } from './schema.ts'
import {
  integerReader,
  memberReader,
  type ReadOne,
  readBoolean,
  readJsonList,
  readNull,
  readNumber,
  readObject,
  readString,
} from './text-scalar.ts'

/** One way to read a text: as one of the types that a schema allows. */
export interface Alternative {
  /** A JSON Schema type, `member` for an `enum` without one, `any` where nothing is said. */
  readonly type: string
  readonly schema: JsonSchema
  readonly read: ReadOne
  /** The only values that count, where the schema lists them. */
  readonly members: readonly unknown[] | undefined
}

const untyped: Alternative = { type: 'any', schema: {}, read: readString, members: undefined }

/**
 * The ways to read a text as a schema, in the order in which it declares them; at least one.
 *
 * @param inList whether the text is one of a list, where a list of its own can only be JSON text.
 */
export function alternativesOf(schema: JsonSchema, root: JsonSchema, inList: boolean): readonly Alternative[] {
  const found = collect(schema, root, inList, new Set())
  return found.length === 0 ? [untyped] : found
}

function collect(schema: JsonSchema, root: JsonSchema, inList: boolean, seen: Set<JsonSchema>): Alternative[] {
  const target = dereference(schema, root)
  // An alternative that leads back to itself adds nothing to itself.
  if (seen.has(target)) return []
  seen.add(target)
  const types = typesOf(target)
  if (types.length > 0) {
    const members = membersOf(target)
    return types.map((type) => ({ type, schema: target, members, read: readerOf(type, target, members ?? [], inList) }))
  }
  const branches = toSchemaList(target.anyOf ?? target.oneOf).flatMap((branch) => collect(branch, root, inList, seen))
  if (branches.length > 0) return branches
  for (const part of toSchemaList(target.allOf)) {
    const typed = collect(part, root, inList, seen)
    if (typed.some(({ type }) => type !== 'any')) return typed
  }
  return [{ ...untyped, schema: target }]
}

function readerOf(type: string, schema: JsonSchema, members: readonly unknown[], inList: boolean): ReadOne {
  switch (type) {
    case 'integer':
      return integerReader(schema)
    case 'number':
      return readNumber
    case 'boolean':
      return readBoolean
    case 'null':
      return readNull
    case 'object':
      return readObject
    case 'array':
      return inList ? readJsonList : readString
    case 'member':
      return memberReader(members)
    default:
      return readString
  }
}

/** What the type is when only these keywords are given. */
const typeByKeyword: readonly (readonly [type: string, keywords: readonly string[]])[] = [
  ['member', ['const', 'enum']],
  ['object', ['properties', 'patternProperties', 'additionalProperties', 'required']],
  ['array', ['items', 'prefixItems', 'minItems', 'maxItems']],
  ['string', ['pattern', 'format', 'minLength', 'maxLength']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
]

function typesOf(schema: JsonSchema): readonly string[] {
  if (typeof schema.type === 'string') return [schema.type]
  if (Array.isArray(schema.type)) return schema.type
  const implied = typeByKeyword.find(([, keywords]) => keywords.some((keyword) => schema[keyword] !== undefined))
  return implied === undefined ? [] : [implied[0]]
}

function membersOf(schema: JsonSchema): readonly unknown[] | undefined {
  if (schema.const !== undefined) return [schema.const]
  return Array.isArray(schema.enum) ? schema.enum : undefined
}
