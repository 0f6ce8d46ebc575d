import type { JsonSchema } from './schema.ts'
import { SchemaError } from './schema-error.ts'
import type { Side } from './zod-json.ts'

interface SchemaContext {
  readonly valibotSchema: { readonly type: string }
  readonly jsonSchema: JsonSchema
}

interface ActionContext {
  readonly valibotAction: { readonly kind: string; readonly type: string }
  readonly jsonSchema: JsonSchema
  readonly errors?: readonly string[] | undefined
}

/** Transformations that give a value of the type they take, so that the declared type stays true behind them. */
const typePreserving = new Set([
  'brand',
  'flavor',
  'normalize',
  'readonly',
  'to_lower_case',
  'to_max_value',
  'to_min_value',
  'to_upper_case',
  'trim',
  'trim_end',
  'trim_start',
])

/**
 * What is passed to Valibot's JSON Schema conversion: dates that leave are ISO text, loose objects say that they are
 * open, and checks that JSON Schema has no word for are left to the validator.
 */
export function valibotOptions(side: Side): Record<string, unknown> {
  return {
    overrideSchema: ({ valibotSchema, jsonSchema }: SchemaContext): JsonSchema | undefined => {
      if (valibotSchema.type === 'loose_object') return { ...jsonSchema, additionalProperties: {} }
      if (valibotSchema.type === 'loose_tuple') return { ...jsonSchema, items: {} }
      if (valibotSchema.type === 'tuple' && side === 'output') return { ...jsonSchema, items: false }
      if (valibotSchema.type !== 'date') return undefined
      if (side === 'output') return { type: 'string', format: 'date-time' }
      throw new SchemaError(
        'The input model has a date, but JSON has no dates: use v.pipe(v.string(), v.isoTimestamp(), v.toDate()).',
      )
    },
    overrideAction: ({ valibotAction, jsonSchema, errors }: ActionContext): JsonSchema | undefined => {
      if (errors === undefined) return undefined
      return valibotAction.kind === 'validation' || typePreserving.has(valibotAction.type) ? jsonSchema : undefined
    },
  }
}
