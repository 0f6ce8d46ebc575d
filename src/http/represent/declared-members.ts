import { dereference, toSchema, toSchemaList, toSchemas } from '../../schema/reference.ts'
import type { JsonSchema } from '../../schema/schema.ts'

/** The names of the members that a schema declares for objects, in declared order. */
export function declaredNames(schema: JsonSchema, root: JsonSchema): readonly string[] {
  return [...new Set(partsOf(schema, root).flatMap((part) => toSchemas(part.properties).map(([name]) => name)))]
}

/** The schema of the items of a list; undefined when the schema speaks of no list. */
export function itemsOf(schema: JsonSchema, root: JsonSchema): JsonSchema | undefined {
  const items = partsOf(schema, root).find((part) => part.items !== undefined)?.items
  return items === undefined ? undefined : toSchema(items)
}

/** The schemas that a schema is put together from, with references followed: itself first. */
export function partsOf(
  schema: JsonSchema,
  root: JsonSchema,
  seen: Set<JsonSchema> = new Set(),
): readonly JsonSchema[] {
  const target = dereference(schema, root)
  if (seen.has(target)) return []
  seen.add(target)
  const inside = [target.allOf, target.anyOf, target.oneOf].flatMap((keyword) => toSchemaList(keyword))
  return [target, ...inside.flatMap((part) => partsOf(part, root, seen))]
}
