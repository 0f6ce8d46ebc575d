import type { JsonSchema } from '../../schema/schema.ts'

/** A schema, `true` or `false`. */
export type AnySchema = JsonSchema | boolean

/** The schemas of a document by name. */
export type Schemas = Readonly<Record<string, AnySchema>>

const prefix = '#/components/schemas/'

/** The name of the schema that a reference is to, if it is to one of the document. */
export function referredName(schema: AnySchema): string | undefined {
  const reference = typeof schema === 'object' ? schema.$ref : undefined
  return typeof reference === 'string' && reference.startsWith(prefix)
    ? decodeURIComponent(reference.slice(prefix.length)).replaceAll('~1', '/').replaceAll('~0', '~')
    : undefined
}

/** A schema with the reference at its top followed, and what stands beside the reference laid over it. */
export function resolved(schema: AnySchema, schemas: Schemas): JsonSchema {
  let at: AnySchema = schema
  let beside: JsonSchema = {}
  const seen = new Set<string>()
  for (let name = referredName(at); name !== undefined; name = referredName(at)) {
    if (seen.has(name)) return beside
    seen.add(name)
    const { $ref: _reference, ...rest } = at as JsonSchema
    beside = { ...rest, ...beside }
    at = schemas[name] ?? true
  }
  if (at === false) return { not: {}, ...beside }
  return typeof at === 'object' ? { ...at, ...beside } : beside
}

/** The value of a keyword that holds a schema. */
export function schemaIn(schema: JsonSchema, keyword: string): AnySchema | undefined {
  const found = schema[keyword]
  return typeof found === 'boolean' || isObject(found) ? found : undefined
}

/** The schemas that a keyword lists. */
export function schemasIn(schema: JsonSchema, keyword: string): readonly AnySchema[] {
  const found = schema[keyword]
  return Array.isArray(found)
    ? found.filter((each): each is AnySchema => typeof each === 'boolean' || isObject(each))
    : []
}

/** The schemas that a keyword names. */
export function namedIn(schema: JsonSchema, keyword: string): Readonly<Record<string, AnySchema>> {
  const found = schema[keyword]
  return isObject(found) ? (found as Readonly<Record<string, AnySchema>>) : {}
}

/** The texts that a keyword lists. */
export function textsIn(schema: JsonSchema, keyword: string): readonly string[] {
  const found = schema[keyword]
  return Array.isArray(found) ? found.filter((each): each is string => typeof each === 'string') : []
}

/** The number of a keyword. */
export function numberIn(schema: JsonSchema, keyword: string): number | undefined {
  const found = schema[keyword]
  return typeof found === 'number' ? found : undefined
}

/** Whether a value is an object and no array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The schema of a member of an object, through a reference; `true` where none is described. */
export function memberOf(schema: AnySchema, name: string, schemas: Schemas): AnySchema {
  const properties = namedIn(resolved(schema, schemas), 'properties')
  return (Object.hasOwn(properties, name) ? properties[name] : undefined) ?? true
}

/** The schema of the items of a list, through a reference; `true` where none is described. */
export function itemsOf(schema: AnySchema, schemas: Schemas): AnySchema {
  return schemaIn(resolved(schema, schemas), 'items') ?? true
}
