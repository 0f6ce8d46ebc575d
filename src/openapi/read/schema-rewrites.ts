import type { JsonSchema } from '../../schema/schema.ts'

/** A change of one schema; what is in it has been changed before. */
export type Rewrite = (schema: JsonSchema) => JsonSchema

/** How schemas of older versions of JSON Schema, and of OpenAPI 3.0, are said in 2020-12. */
export const rewrites: readonly Rewrite[] = [exclusiveBounds, tuple, bytes, emptyMembers]

/** Before 2019 an exclusive bound was a flag beside the bound. */
function exclusiveBounds(schema: JsonSchema): JsonSchema {
  return flagged(flagged(schema, 'minimum', 'exclusiveMinimum'), 'maximum', 'exclusiveMaximum')
}

function flagged(schema: JsonSchema, bound: string, flag: string): JsonSchema {
  const { [flag]: exclusive, [bound]: value, ...kept } = schema
  if (typeof exclusive !== 'boolean') return schema
  return value === undefined ? kept : { ...kept, [exclusive ? flag : bound]: value }
}

/** Before 2020-12 the items of a tuple were in `items`. */
function tuple(schema: JsonSchema): JsonSchema {
  const { items, additionalItems, ...kept } = schema
  if (!Array.isArray(items))
    return 'additionalItems' in schema ? { ...kept, ...(items !== undefined && { items }) } : schema
  return { ...kept, prefixItems: items, ...(additionalItems !== undefined && { items: additionalItems }) }
}

/** Bytes are said by `contentMediaType` and `contentEncoding` since OpenAPI 3.1, and by formats before. */
function bytes(schema: JsonSchema): JsonSchema {
  const { format, ...kept } = schema
  if (format === 'byte') return { ...kept, contentEncoding: 'base64' }
  return format === 'binary' ? { contentMediaType: 'application/octet-stream', ...kept } : schema
}

/** An empty `required` or `enum` was not allowed before, or never is; neither says anything. */
function emptyMembers(schema: JsonSchema): JsonSchema {
  const { enum: values, ...kept } = schema
  return Array.isArray(values) && values.length === 0 ? kept : schema
}

const words = ['title', 'description', 'deprecated', 'default', 'readOnly', 'writeOnly', 'examples']

/** A schema of OpenAPI 3.0 that also takes null. */
export function orNull(schema: JsonSchema): JsonSchema {
  const { type, enum: values } = schema
  const composed = ['allOf', 'anyOf', 'oneOf', '$ref', 'not'].some((keyword) => keyword in schema)
  if (type !== undefined && !composed) {
    const listed = Array.isArray(values) && !values.includes(null) && { enum: [...values, null] }
    return { ...schema, ...listed, type: [...new Set([type, 'null'].flat())] }
  }
  if (!composed && values === undefined) return schema
  const entries = Object.entries(schema)
  const said = Object.fromEntries(entries.filter(([keyword]) => words.includes(keyword)))
  const rest = Object.fromEntries(entries.filter(([keyword]) => !words.includes(keyword)))
  return { ...said, anyOf: [rest, { type: 'null' }] }
}
