import { SchemaError } from './schema-error.ts'

/** Which side of a model is described: what a caller gives, or what leaves. */
export type Side = 'input' | 'output'

/** What Zod hands to `unrepresentable`: the schema that JSON Schema has no word for, and where it stands. */
interface Unrepresentable {
  readonly zodSchema: { readonly _zod: { readonly def: { readonly type: string; readonly coerce?: boolean } } }
  readonly path: readonly PropertyKey[]
}

/** What Zod hands to `override`: a schema that is nearly done. */
interface Overridden {
  readonly jsonSchema: Readonly<Record<string, unknown>>
  readonly path: readonly PropertyKey[]
}

const dateText = { type: 'string', format: 'date-time' }

/** By Zod type: what is wrong, and the way out. */
const wayOut: Readonly<Record<string, string>> = {
  date: 'is a date, but JSON has no dates: use z.iso.datetime(), z.coerce.date(), or a codec such as z.codec(z.iso.datetime(), z.date(), ...)',
  bigint:
    'is a bigint, but JSON has none: use z.int(), or text with a codec such as z.codec(z.string(), z.bigint(), ...)',
  map: 'is a Map, but JSON has none: use z.record()',
  set: 'is a Set, but JSON has none: use z.array()',
  symbol: 'is a symbol, but JSON has none: use z.string() or z.enum()',
  function: 'is a function, but JSON has none: leave it out',
  undefined: 'is undefined, but JSON has no such value: use .optional(), or leave it out',
  void: 'is void, but JSON has no such value: leave it out',
  nan: 'is NaN, but JSON has none: use z.number().nullable()',
  transform:
    'ends in a transform, whose result is unknown before it runs: end it in a model, .transform(...).pipe(z.string())',
  custom:
    'is a custom type, of which JSON Schema knows nothing: use z.unknown().refine(...), or a codec to a known type',
  literal: 'has a literal that JSON has not: use a string, a number, a boolean or null',
  object: 'has a symbol as a key, but JSON has only text keys: name it with text',
}

/**
 * What is passed to Zod's JSON Schema conversion. Dates that leave are ISO text, as `JSON.stringify` sends them, and so
 * are dates that `z.coerce.date()` takes; whatever else JSON cannot carry is a {@link SchemaError} with the way out.
 */
export function zodOptions(side: Side): Record<string, unknown> {
  return {
    // Zod drops functions, and with one of these a rule would be gone unnoticed.
    override: ({ jsonSchema, path }: Overridden) => {
      for (const keyword of ['readableBy', 'writableBy']) {
        if (!holdsFunction(jsonSchema[keyword])) continue
        throw new SchemaError(
          `${memberName(side, path)} has a function in '${keyword}', which takes rules about the caller only: use role(), scope() or permission(), and 'allow' of the service for what depends on the call.`,
        )
      }
    },
    unrepresentable: ({ zodSchema, path }: Unrepresentable) => {
      const { type, coerce } = zodSchema._zod.def
      if (type === 'date' && (side === 'output' || coerce === true)) return dateText
      // The type below a `.catch()` is known; only its dynamic fallback value is not.
      if (type === 'catch') return 'any'
      const problem = wayOut[type] ?? `is of the type ${type}, which JSON cannot carry: use another`
      throw new SchemaError(`${memberName(side, path)} ${problem}.`)
    },
  }
}

function holdsFunction(value: unknown): boolean {
  if (typeof value === 'function') return true
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsFunction)
}

const applicators = new Set<PropertyKey>(['anyOf', 'oneOf', 'allOf'])

function memberName(side: Side, path: readonly PropertyKey[]): string {
  let name = ''
  for (let i = 0; i < path.length; i++) {
    const keyword = path[i]
    if (keyword === undefined) break
    if (keyword === 'properties') name += `/${String(path[++i])}`
    else if (applicators.has(keyword) || keyword === 'prefixItems') i++
    else if (keyword === 'items' || keyword === 'additionalProperties') name += '/*'
  }
  return name === '' ? `The ${side} model` : `The ${side} member '${name}'`
}
