import type { JsonSchema } from '../schema/schema.ts'
import { isSchema, mapSubschemas } from '../schema/subschemas.ts'
import { inReadingOrder, keywords30 } from './keywords.ts'
import { nullableSchema } from './nullable.ts'

type Rewrite = (schema: JsonSchema) => JsonSchema

/** Says in the schema language of OpenAPI 3.0 what a schema says in JSON Schema 2020-12; `components` are in the latter. */
export function downLevelSchema(schema: JsonSchema, components: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const withNull: Rewrite = (each) => nullableSchema(each, components)
  const down: Rewrite = (each) => {
    const rewritten = [...beforeInner, withNull].reduce((done, rewrite) => rewrite(done), each)
    return [keptKeywords, referenceAlone].reduce((done, rewrite) => rewrite(done), mapSubschemas(rewritten, down))
  }
  return down(schema)
}

const beforeInner: readonly Rewrite[] = [
  constant,
  firstExample,
  exclusiveBounds,
  tuple,
  content,
  patternedMembers,
  booleanSchemas,
]

function constant(schema: JsonSchema): JsonSchema {
  if (!('const' in schema)) return schema
  const { const: value, ...kept } = schema
  return { ...kept, enum: [value] }
}

function firstExample(schema: JsonSchema): JsonSchema {
  const { examples, ...kept } = schema
  return Array.isArray(examples) && examples.length > 0 ? { ...kept, example: examples[0] } : kept
}

function exclusiveBounds(schema: JsonSchema): JsonSchema {
  const { exclusiveMinimum, exclusiveMaximum, ...kept } = schema
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = kept
  return {
    ...kept,
    ...(Number(exclusiveMinimum) >= Number(minimum) && { minimum: exclusiveMinimum, exclusiveMinimum: true }),
    ...(Number(exclusiveMaximum) <= Number(maximum) && { maximum: exclusiveMaximum, exclusiveMaximum: true }),
  }
}

/** OpenAPI 3.0 has one schema for all items. */
function tuple(schema: JsonSchema): JsonSchema {
  const { prefixItems, items, ...kept } = schema
  if (!Array.isArray(prefixItems)) return schema
  const kinds = [...prefixItems, ...(isSchema(items) ? [items] : [])].filter(isSchema)
  const distinct = [...new Map(kinds.map((each) => [JSON.stringify(each), each])).values()]
  const open = items === undefined || items === true || distinct.length === 0
  const bound = items === false && { maxItems: prefixItems.length }
  return { ...bound, ...kept, items: open ? {} : distinct.length === 1 ? distinct[0] : { anyOf: distinct } }
}

const formats: Readonly<Record<string, string>> = { base64: 'byte', binary: 'binary' }

/** What is encoded as base64 is a `byte` string, what is not encoded at all a `binary` one. */
function content(schema: JsonSchema): JsonSchema {
  const { contentEncoding, contentMediaType, ...kept } = schema
  if (contentEncoding === undefined && contentMediaType === undefined) return schema
  const format = contentEncoding === undefined ? 'binary' : formats[String(contentEncoding)]
  // A text of JSON, as in a form, is text all the same.
  const isText = contentEncoding === undefined && /json|^text\//.test(String(contentMediaType))
  return format === undefined || isText ? kept : { ...kept, type: kept.type ?? 'string', format }
}

/** Members that are named by a pattern are further members here. */
function patternedMembers(schema: JsonSchema): JsonSchema {
  const { patternProperties, additionalProperties, ...kept } = schema
  if (!isSchema(patternProperties)) return schema
  const schemas = Object.values(patternProperties)
  const closed = additionalProperties === false && schemas.length === 1
  return { ...kept, additionalProperties: closed ? schemas[0] : true }
}

/** `true` and `false` are schemas only since 3.1, but for `additionalProperties`. */
function booleanSchemas(schema: JsonSchema): JsonSchema {
  const { properties, items, not, ...kept } = schema
  const lists = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => {
    const value = schema[keyword]
    return Array.isArray(value) ? [[keyword, value.map(objectSchema)] as const] : []
  })
  const members = isSchema(properties) && {
    properties: Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, objectSchema(each)])),
  }
  const ofList = kept.type === 'array' || (Array.isArray(kept.type) && kept.type.includes('array'))
  return {
    ...kept,
    ...Object.fromEntries(lists),
    ...members,
    ...((ofList || items !== undefined) && { items: objectSchema(items ?? true) }),
    ...(not !== undefined && { not: objectSchema(not) }),
  }
}

function objectSchema(schema: unknown): unknown {
  if (schema === true) return {}
  return schema === false ? { not: {} } : schema
}

const known: ReadonlySet<string> = new Set(keywords30)

function keptKeywords(schema: JsonSchema): JsonSchema {
  const kept = Object.entries(schema).filter(([keyword]) => known.has(keyword) || keyword.startsWith('x-'))
  return inReadingOrder(Object.fromEntries(kept))
}

/** What stands beside a `$ref` is ignored in 3.0. */
function referenceAlone(schema: JsonSchema): JsonSchema {
  const { $ref, ...beside } = schema
  return $ref === undefined || Object.keys(beside).length === 0 ? schema : { allOf: [{ $ref }], ...beside }
}
