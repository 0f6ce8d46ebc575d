import type { JsonSchema } from '../schema/schema.ts'

/** A value that a schema plausibly allows: its first example, else one made from its type. */
export function exampleOf(
  schema: JsonSchema,
  definitions: Readonly<Record<string, JsonSchema>>,
  name: string,
): unknown {
  return example(schema, { definitions, name, depth: 0 })
}

interface Place {
  readonly definitions: Readonly<Record<string, JsonSchema>>
  /** What the value is called, which is a better text than any other. */
  readonly name: string
  readonly depth: number
}

// Deeper than people read; a model that holds itself ends here too.
const deepest = 5

function example(schema: JsonSchema, place: Place): unknown {
  const { $ref: ref } = schema
  if (typeof ref === 'string' && place.depth < deepest) {
    const target = place.definitions[ref.slice('#/$defs/'.length)]
    return example(target ?? {}, { ...place, depth: place.depth + 1 })
  }
  const given = schema.secret === true ? [] : [first(schema.examples), schema.default, schema.const, first(schema.enum)]
  const known = given.find((each) => each !== undefined)
  if (known !== undefined) return known
  const alternative = [first(schema.anyOf), first(schema.oneOf), first(schema.allOf)].find((each) => each !== undefined)
  if (alternative !== undefined) return example(asSchema(alternative), place)
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  return makers[String(type)]?.(schema, place) ?? place.name
}

const makers: Readonly<Record<string, (schema: JsonSchema, place: Place) => unknown>> = {
  integer: ({ minimum, exclusiveMinimum }) => smallest(minimum, exclusiveMinimum),
  number: ({ minimum, exclusiveMinimum }) => smallest(minimum, exclusiveMinimum),
  boolean: () => true,
  null: () => null,
  string: ({ format }) => texts[String(format)],
  array: ({ items }, place) =>
    place.depth < deepest ? [example(asSchema(items), { ...place, depth: place.depth + 1 })] : [],
  object: ({ properties, required }, place) => {
    if (place.depth >= deepest) return {}
    const wanted = Object.entries(asSchema(properties)).filter(
      ([name]) => Array.isArray(required) && required.includes(name),
    )
    return Object.fromEntries(
      wanted.map(([name, member]) => [name, example(asSchema(member), { ...place, name, depth: place.depth + 1 })]),
    )
  },
}

const texts: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
  time: '12:00:00',
  duration: 'PT1H',
  email: 'ada@example.com',
  uri: 'https://example.com',
  uuid: '00000000-0000-4000-8000-000000000000',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
}

function smallest(minimum: unknown, exclusive: unknown): number {
  if (typeof minimum === 'number') return Math.max(minimum, 1)
  // Models of integers come with the smallest safe one, which is no example to anybody.
  return typeof exclusive === 'number' ? Math.max(exclusive + 1, 1) : 1
}

function first(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined
}

function asSchema(value: unknown): JsonSchema {
  return typeof value === 'object' && value !== null ? (value as JsonSchema) : {}
}
