import type { JsonSchema } from '../../schema/schema.ts'
import { isSchema } from '../../schema/subschemas.ts'
import type { SchemaCheck } from './schema-check.ts'

type Schema = JsonSchema | boolean

/** What a text of a header or a parameter stands for, by its schema: the first reading that fits, or else the likeliest. */
export function readText(text: string, schema: Schema, check: SchemaCheck): unknown {
  const readings = readingsOf(text)
  const fitting = readings.find((each) => check(schema, each).length === 0)
  return fitting === undefined ? (readings.at(-1) ?? text) : fitting
}

/** All that a text could stand for, the text itself first. */
function readingsOf(text: string): readonly unknown[] {
  if (text === 'true' || text === 'false') return [text, text === 'true']
  if (text === 'null') return [text, null]
  return /^-?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? [text, Number(text)] : [text]
}

/** The kinds of values that a schema takes, through its references: empty where it does not say. */
export function kindsOf(
  schema: Schema | undefined,
  schemas: Readonly<Record<string, Schema>>,
  depth = 0,
): ReadonlySet<string> {
  if (!isSchema(schema) || depth > 20) return new Set()
  const { type, $ref } = schema
  const own = typeof type === 'string' ? [type] : Array.isArray(type) ? type.map(String) : []
  const target = typeof $ref === 'string' ? schemas[$ref.slice('#/components/schemas/'.length)] : undefined
  const inner = [target, schema.allOf, schema.anyOf, schema.oneOf].flat().filter((each) => isSchema(each))
  return new Set([...own, ...inner.flatMap((each) => [...kindsOf(each, schemas, depth + 1)])])
}
