import type { JsonSchema } from '../../schema/schema.ts'
import { isSchema, mapSubschemas } from '../../schema/subschemas.ts'

type Schema = JsonSchema | boolean
type Schemas = Readonly<Record<string, Schema>>

const prefix = '#/components/schemas/'

/** The schemas as they hold for replies, which need not have members that are `writeOnly`. */
export function ofReplies(schemas: Schemas, components: Schemas = schemas): Schemas {
  const isWriteOnly = (schema: unknown): boolean => {
    if (!isSchema(schema)) return false
    if (schema.writeOnly === true) return true
    const { $ref } = schema
    const target = typeof $ref === 'string' ? components[$ref.slice(prefix.length)] : undefined
    return isSchema(target) && target.writeOnly === true
  }
  const change = (schema: JsonSchema): JsonSchema => {
    const inner = mapSubschemas(schema, change)
    const { required, properties } = inner
    if (!Array.isArray(required) || !isSchema(properties)) return inner
    return { ...inner, required: required.filter((name) => !isWriteOnly(properties[String(name)])) }
  }
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, isSchema(schema) ? change(schema) : schema]),
  )
}
