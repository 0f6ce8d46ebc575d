import { resolveReference, toSchema, toSchemaList, toSchemas } from './reference.ts'
import type { JsonSchema } from './schema.ts'

/** All schemas that apply to the value at a path below a schema, with those that they refer to and combine. */
export function schemasAt(schema: JsonSchema, keys: readonly PropertyKey[], root: JsonSchema): ReadonlySet<JsonSchema> {
  let schemas = together([schema], root)
  for (const key of keys)
    schemas = together(
      [...schemas].flatMap((one) => inside(one, key)),
      root,
    )
  return schemas
}

/** Whether a model declares integers, and no other numbers, at a path. */
export function declaresInteger(root: JsonSchema, keys: readonly PropertyKey[]): boolean {
  const types = new Set([...schemasAt(root, keys, root)].flatMap(({ type }) => [type].flat()))
  return types.has('integer') && !types.has('number')
}

const listed = ['allOf', 'anyOf', 'oneOf'] as const
const single = ['if', 'then', 'else'] as const

function together(schemas: readonly JsonSchema[], root: JsonSchema): ReadonlySet<JsonSchema> {
  const all = new Set<JsonSchema>()
  const add = (schema: JsonSchema): void => {
    if (all.has(schema)) return
    all.add(schema)
    if (schema.$ref !== undefined) add(resolveReference(schema.$ref, root))
    for (const keyword of listed) for (const part of toSchemaList(schema[keyword])) add(part)
    for (const keyword of single) if (schema[keyword] !== undefined) add(toSchema(schema[keyword]))
    for (const [, dependent] of toSchemas(schema.dependentSchemas)) add(dependent)
  }
  for (const schema of schemas) add(schema)
  return all
}

function inside(schema: JsonSchema, key: PropertyKey): JsonSchema[] {
  if (typeof key === 'number') {
    const item = toSchemaList(schema.prefixItems)[key] ?? toSchema(schema.items ?? schema.unevaluatedItems)
    return [item, toSchema(schema.contains)]
  }
  const name = String(key)
  const named = toSchemas(schema.properties).filter(([property]) => property === name)
  const others = toSchema(schema.additionalProperties ?? schema.unevaluatedProperties)
  return [...named, ...toSchemas(schema.patternProperties)]
    .map(([, member]) => member)
    .concat(named.length > 0 ? [] : [others])
}
