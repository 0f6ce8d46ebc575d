import { arkOptions } from './ark-json.ts'
import type { JsonSchema, Schema } from './schema.ts'
import { SchemaError } from './schema-error.ts'
import { valibotOptions } from './valibot-json.ts'
import { type Side, zodOptions } from './zod-json.ts'

const options: Readonly<Record<string, (side: Side) => Record<string, unknown>>> = {
  arktype: arkOptions,
  valibot: valibotOptions,
  zod: zodOptions,
}

const inputs = new WeakMap<Schema, JsonSchema>()
const outputs = new WeakMap<Schema, JsonSchema>()

/**
 * The JSON Schema 2020-12 of what a caller gives to a model: before defaults, codecs and transforms. Models with an id
 * (`.meta({ id })`) stand in `$defs` and are referred to. Made once a model.
 *
 * @throws SchemaError when the value is no Standard Schema, carries no JSON Schema, or takes what JSON cannot carry.
 * @example
 * inputJsonSchema(z.object({ no: z.int().default(1) })).required // undefined: it may be left out
 */
export function inputJsonSchema(schema: Schema): JsonSchema {
  return described(inputs, schema, 'input')
}

/**
 * The JSON Schema 2020-12 of what leaves a model: after defaults, codecs and transforms, with dates as ISO text.
 *
 * @throws SchemaError as {@link inputJsonSchema} does.
 * @example
 * outputJsonSchema(z.date()) // { type: 'string', format: 'date-time' }
 */
export function outputJsonSchema(schema: Schema): JsonSchema {
  return described(outputs, schema, 'output')
}

function described(cache: WeakMap<Schema, JsonSchema>, schema: Schema, side: Side): JsonSchema {
  const known = cache.get(assertSchema(schema))
  if (known !== undefined) return known
  const { $schema: _dialect, ...json } = convert(schema, side)
  cache.set(schema, json)
  return json
}

function convert(schema: Schema, side: Side): JsonSchema {
  const standard = schema['~standard']
  const libraryOptions = options[standard.vendor]?.(side)
  try {
    return standard.jsonSchema[side]({ target: 'draft-2020-12', ...(libraryOptions && { libraryOptions }) })
  } catch (cause) {
    if (cause instanceof SchemaError) throw cause
    const reason = cause instanceof Error ? cause.message.trim().replace(/\.$/, '') : String(cause)
    throw new SchemaError(`The ${side} model cannot be written as JSON Schema: ${reason}.`, { cause })
  }
}

function assertSchema(value: unknown): Schema {
  const standard = isObject(value) ? value['~standard'] : undefined
  if (!isObject(standard) || typeof standard.validate !== 'function') {
    throw new SchemaError(
      'A model must be a schema: a Zod 4 model such as z.object({...}), any other Standard Schema, or jsonSchema({...}).',
    )
  }
  const converter = standard.jsonSchema
  if (!isObject(converter) || typeof converter.input !== 'function' || typeof converter.output !== 'function') {
    throw new SchemaError(`The model carries no JSON Schema: ${carriers[String(standard.vendor)] ?? otherCarrier}.`)
  }
  return value as Schema
}

const otherCarrier = 'use a library that supports Standard JSON Schema, or describe it with jsonSchema({...})'

const carriers: Readonly<Record<string, string>> = {
  valibot: 'wrap it with toStandardJsonSchema from @valibot/to-json-schema',
  zod: "import z from 'zod' 4.2 or newer, not from 'zod/mini' or 'zod/v3'",
}

function isObject(value: unknown): value is Record<string, unknown> {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}
