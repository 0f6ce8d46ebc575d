import { resolveReference, toSchema, toSchemaList } from './reference.ts'
import type { JsonSchema } from './schema.ts'

/** Whether a model declares integers, and no other numbers, at a path. */
export function declaresInteger(root: JsonSchema, keys: readonly PropertyKey[]): boolean {
  let schemas = expand([root], root)
  for (const key of keys) {
    schemas = expand(
      [...schemas].flatMap((schema) => step(schema, key)),
      root,
    )
  }
  const types = new Set([...schemas].flatMap(({ type }) => [type].flat()))
  return types.has('integer') && !types.has('number')
}

function step(schema: JsonSchema, key: PropertyKey): readonly JsonSchema[] {
  if (typeof key === 'number') return [toSchemaList(schema.prefixItems)[key] ?? toSchema(schema.items)]
  const properties = schema.properties
  const name = String(key)
  if (typeof properties === 'object' && properties !== null && Object.hasOwn(properties, name)) {
    return [toSchema(Reflect.get(properties, name))]
  }
  return [toSchema(schema.additionalProperties)]
}

function expand(schemas: readonly JsonSchema[], root: JsonSchema): ReadonlySet<JsonSchema> {
  const all = new Set<JsonSchema>()
  const add = (schema: JsonSchema): void => {
    if (all.has(schema)) return
    all.add(schema)
    if (schema.$ref !== undefined) add(resolveReference(schema.$ref, root))
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) toSchemaList(schema[keyword]).forEach(add)
  }
  schemas.forEach(add)
  return all
}
