import type { JsonSchema } from '../schema/schema.ts'
import { isSchema, mapSubschemas } from '../schema/subschemas.ts'
import { inReadingOrder } from './keywords.ts'

type Rewrite = (schema: JsonSchema) => JsonSchema

/** A schema as readers want it: it says the same without what a schema library adds for validators only. */
export function publishedSchema(schema: JsonSchema): JsonSchema {
  const inner = mapSubschemas(schema, publishedSchema)
  return inReadingOrder(rewrites.reduce((rewritten, rewrite) => rewrite(rewritten), inner))
}

/** The same schema with no object closed to further members. */
export function openSchema(schema: JsonSchema): JsonSchema {
  const { additionalProperties, ...open } = mapSubschemas(schema, openSchema)
  return additionalProperties === undefined || additionalProperties === false ? open : { ...open, additionalProperties }
}

const rewrites: readonly Rewrite[] = [
  withoutSecrets,
  withoutBookkeeping,
  withInteger64,
  withoutFormatPattern,
  withExamples,
  withNull,
]

/** That something is secret is said in a word that readers know; its values are nobody's to read. */
function withoutSecrets(schema: JsonSchema): JsonSchema {
  if (schema.secret !== true) return schema
  const { secret: _1, default: _2, example: _3, examples: _4, ...kept } = schema
  return kept.type === 'string' && kept.format === undefined ? { ...kept, format: 'password' } : kept
}

function withoutBookkeeping(schema: JsonSchema): JsonSchema {
  const { $schema: _1, $id: _2, $comment: _3, $defs: _4, propertyNames, ...kept } = schema
  // Names of members are strings anyway.
  const trivial = isSchema(propertyNames) && Object.keys(propertyNames).join() === 'type'
  return propertyNames === undefined || trivial ? kept : { ...kept, propertyNames }
}

/**
 * Drops the bounds that every integer of JavaScript has. What is left needs more than 32 bits, and generators for Java,
 * Go and C# take 32 where no format says otherwise.
 */
function withInteger64(schema: JsonSchema): JsonSchema {
  if (schema.type !== 'integer') return schema
  const { minimum, maximum, ...kept } = schema
  const low = minimum === Number.MIN_SAFE_INTEGER
  const high = maximum === Number.MAX_SAFE_INTEGER
  if (!low && !high) return schema
  return {
    format: 'int64',
    ...kept,
    ...(!low && minimum !== undefined && { minimum }),
    ...(!high && maximum !== undefined && { maximum }),
  }
}

const described: ReadonlySet<unknown> = new Set([
  ...['date-time', 'date', 'time', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid'],
])

/** Zod repeats a format as hundreds of characters of regular expression, which nobody reads and many tools refuse. */
function withoutFormatPattern(schema: JsonSchema): JsonSchema {
  const { pattern, ...kept } = schema
  const repeats = described.has(schema.format) && typeof pattern === 'string' && /^\^.{40,}\$$/.test(pattern)
  return repeats ? kept : schema
}

/** `example` is the word of OpenAPI 3.0; JSON Schema has `examples`. */
function withExamples(schema: JsonSchema): JsonSchema {
  const { example, ...kept } = schema
  return example === undefined ? schema : { examples: [example], ...kept }
}

/** Writes "of this type, or null" as a list of types. */
function withNull(schema: JsonSchema): JsonSchema {
  const { anyOf, ...outer } = schema
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return schema
  const inner = anyOf.find((each) => isSchema(each) && typeof each.type === 'string' && each.type !== 'null')
  const hasNull = anyOf.some((each) => isSchema(each) && each.type === 'null' && Object.keys(each).length === 1)
  if (!hasNull || inner === undefined || 'enum' in inner || 'const' in inner) return schema
  if (Object.keys(inner).some((keyword) => keyword in outer)) return schema
  return { ...outer, ...inner, type: [inner.type, 'null'] }
}
