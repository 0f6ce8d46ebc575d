import type { JsonSchema } from '../../src/schema/schema.ts'
import type { Random } from './random.ts'

type Json = unknown

const texts = [
  '',
  'a',
  'Ada',
  'x'.repeat(300),
  'ä€😀',
  "O'Neil",
  '<b>&amp;</b>',
  '../..',
  'null',
  '-1',
  '1e9',
  '%',
  '"',
  '\\',
]
const oddities: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  [],
  {},
  [null],
  { a: { b: [] } },
  ...texts,
]

/** A value that fits a schema of the document; one in `wrong` times something in it does not. */
export function randomValue(
  schema: JsonSchema,
  components: Readonly<Record<string, JsonSchema>>,
  random: Random,
  wrong: number,
  depth: number = 0,
): Json {
  if (wrong > 0 && random.once(wrong)) return random.pick(oddities)
  const next = (inner: unknown): Json => randomValue((inner ?? {}) as JsonSchema, components, random, wrong, depth + 1)
  const { $ref, type, properties = {}, required = [], items, anyOf, oneOf, allOf } = schema
  if (typeof $ref === 'string') return next(components[$ref.split('/').at(-1) ?? ''])
  const choices = anyOf ?? oneOf
  if (Array.isArray(choices)) return next(random.pick(choices))
  if (Array.isArray(allOf)) return next(allOf[0])
  if (Array.isArray(schema.enum)) return random.pick(schema.enum)
  if ('const' in schema) return schema.const
  if (Array.isArray(schema.examples) && random.once(2)) return random.pick(schema.examples)
  switch (Array.isArray(type) ? random.pick(type) : type) {
    case 'integer':
      return wholeNumber(schema, random)
    case 'number':
      return wholeNumber(schema, random) + (random.once(2) ? 0 : 0.5)
    case 'boolean':
      return random.once(2)
    case 'null':
      return null
    case 'string':
      return text(schema, random)
    case 'array':
      return depth > 4
        ? []
        : Array.from({ length: Math.max(Number(schema.minItems ?? 0), random.below(3)) }, () => next(items))
    case 'object': {
      const names = Object.keys(properties as object).filter(
        (name) => (required as string[]).includes(name) || random.once(2),
      )
      const more = wrong > 0 && random.once(wrong) ? [[random.pick(texts), random.pick(oddities)]] : []
      return Object.fromEntries([
        ...names.map((name) => [name, next((properties as Readonly<Record<string, unknown>>)[name])]),
        ...more,
      ])
    }
    default:
      return random.pick(oddities)
  }
}

function wholeNumber({ minimum = 0, maximum = 10, exclusiveMinimum }: JsonSchema, random: Random): number {
  const least = typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1 : Number(minimum)
  return least + random.below(Math.max(1, Math.min(Number(maximum) - least + 1, 12)))
}

function text({ format, minLength = 0, pattern }: JsonSchema, random: Random): string {
  if (format === 'date') return random.pick(['2021-03-16', '2024-02-29'])
  if (format === 'date-time') return '2021-03-16T12:00:00Z'
  if (format === 'uri') return 'https://example.test/x'
  if (format === 'uuid') return '123e4567-e89b-42d3-a456-426614174000'
  if (pattern !== undefined && random.once(2)) return random.pick(['1N6AD0CU5AC961553', '978-1775093329', 'abc', '12'])
  const chosen = random.pick(texts.filter((each) => each.length < 100))
  return chosen.padEnd(Number(minLength), 'z')
}
