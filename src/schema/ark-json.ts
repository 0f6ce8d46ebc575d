import type { JsonSchema } from './schema.ts'
import { SchemaError } from './schema-error.ts'
import type { Side } from './zod-json.ts'

interface Fallback {
  readonly base: JsonSchema
  readonly domain?: string
  readonly proto?: { readonly name: string }
  readonly unit?: unknown
}

const keepBase = ({ base }: Fallback): JsonSchema => base

/**
 * What is passed to ArkType's JSON Schema conversion: dates that leave are ISO text, checks that JSON Schema has no
 * word for are left to the validator, and types that JSON cannot carry are a {@link SchemaError}.
 */
export function arkOptions(side: Side): Record<string, unknown> {
  const refuse = (what: string): never => {
    throw new SchemaError(
      `The ${side} model has a ${what}, but JSON has none: use text, a number, a list or an object.`,
    )
  }
  return {
    fallback: {
      patternIntersection: keepBase,
      predicate: keepBase,
      symbolKey: keepBase,
      date: (): JsonSchema => {
        if (side === 'output') return { type: 'string', format: 'date-time' }
        throw new SchemaError("The input model has a date, but JSON has no dates: use 'string.date.iso.parse'.")
      },
      domain: ({ domain }: Fallback): never => refuse(domain ?? 'type of its own'),
      proto: ({ proto }: Fallback): never => refuse(proto?.name ?? 'class'),
      // A union with undefined says that the member may be absent, which JSON says by leaving it out.
      unit: ({ unit }: Fallback): JsonSchema => (unit === undefined ? { not: {} } : refuse(typeof unit)),
    },
  }
}
