import type { JsonSchema } from './schema.ts'

const known = new WeakMap<JsonSchema, ReadonlySet<string>>()

/**
 * The names of all members, at any depth, that a model declares secret: by `secret: true` in their `meta`, by
 * `format: 'password'` or by `writeOnly: true`. Found once a model.
 */
export function declaredSecrets(json: JsonSchema): ReadonlySet<string> {
  const found = known.get(json)
  if (found !== undefined) return found
  const names = new Set<string>()
  collect(json, json, names)
  known.set(json, names)
  return names
}

function collect(value: unknown, root: JsonSchema, names: Set<string>): void {
  if (Array.isArray(value)) {
    for (const each of value) collect(each, root, names)
    return
  }
  if (!isObject(value)) return
  if (isObject(value.properties)) {
    for (const [name, member] of Object.entries(value.properties)) if (isSecret(member, root, 0)) names.add(name)
  }
  for (const each of Object.values(value)) collect(each, root, names)
}

/** A schema may refer to one that refers to it. */
const deepest = 8

function isSecret(schema: unknown, root: JsonSchema, depth: number): boolean {
  if (!isObject(schema) || depth > deepest) return false
  if (schema.secret === true || schema.writeOnly === true || schema.format === 'password') return true
  const parts = [schema.anyOf, schema.oneOf, schema.allOf].filter((each) => Array.isArray(each)).flat()
  const { $ref: reference } = schema
  if (typeof reference === 'string' && isObject(root.$defs)) parts.push(root.$defs[reference.slice('#/$defs/'.length)])
  return parts.some((each) => isSecret(each, root, depth + 1))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
