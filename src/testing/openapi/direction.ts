import type { JsonSchema } from '../../schema/schema.ts'
import { isSchema, mapSubschemas } from '../../schema/subschemas.ts'

type Schema = JsonSchema | boolean
type Schemas = Readonly<Record<string, Schema>>

/** Which way a body goes. */
export type Direction = 'request' | 'reply'

const prefix = '#/components/schemas/'

/** The schemas without the duty to have members that only go the other way. */
export function inDirection(schemas: Schemas, direction: Direction, components: Schemas = schemas): Schemas {
  const word = direction === 'reply' ? 'writeOnly' : 'readOnly'
  const goesOtherWay = (schema: unknown): boolean => {
    if (!isSchema(schema)) return false
    if (schema[word] === true) return true
    const { $ref } = schema
    const target = typeof $ref === 'string' ? components[$ref.slice(prefix.length)] : undefined
    return isSchema(target) && target[word] === true
  }
  const change = (schema: JsonSchema): JsonSchema => {
    const inner = mapSubschemas(schema, change)
    const { required, properties } = inner
    if (!Array.isArray(required) || !isSchema(properties)) return inner
    return { ...inner, required: required.filter((name) => !goesOtherWay(properties[String(name)])) }
  }
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, isSchema(schema) ? change(schema) : schema]),
  )
}
