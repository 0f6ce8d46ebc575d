import { type Arbitrary, array, constant, option, stringMatching, tuple } from 'fast-check'
import type { JsonSchema } from '../../../schema/schema.ts'
import { type AnySchema, isObject, namedIn, numberIn, schemaIn, textsIn } from '../../openapi/schema-parts.ts'

/** Whether members that need not be there are. */
export type Members = 'sometimes' | 'always' | 'never'

type Entry = readonly [name: string, value: unknown]
const absent = Symbol('absent')

/** Objects that fit. */
export function objectOf(
  schema: JsonSchema,
  generate: (schema: AnySchema) => Arbitrary<unknown>,
  members: Members,
): Arbitrary<Readonly<Record<string, unknown>>> {
  const properties = namedIn(schema, 'properties')
  const required = new Set(textsIn(schema, 'required'))
  const minimum = numberIn(schema, 'minProperties') ?? 0
  const maximum = numberIn(schema, 'maxProperties') ?? Infinity
  const names = [...new Set([...required, ...Object.keys(properties)])].filter((name) => name !== '__proto__')
  const entries = names
    .filter((name) => required.has(name) || !isReadOnly(properties[name]))
    .map((name) => {
      const value = generate(properties[name] ?? schemaIn(schema, 'additionalProperties') ?? true)
      return entry(name, value, required.has(name), required.size < minimum ? 'always' : members)
    })
  const more = extras(schema, generate, members, Math.max(0, minimum - entries.length))
  return tuple(tuple(...entries), more).map(([known, others]) => {
    const all = new Map<string, unknown>()
    for (const each of known) if (each !== absent) all.set(each[0], each[1])
    for (const [name, value] of others) if (!names.includes(name) && all.size < maximum) all.set(name, value)
    const kept = [...all].filter(([name], at) => required.has(name) || at < maximum)
    return Object.fromEntries(kept)
  })
}

function entry(
  name: string,
  value: Arbitrary<unknown>,
  isRequired: boolean,
  members: Members,
): Arbitrary<Entry | typeof absent> {
  if (!isRequired && members === 'never') return constant(absent)
  const present = value.map((inner): Entry => [name, inner])
  if (isRequired) return present
  // Even where all members are asked for, one that refers to itself has to end.
  return option(present, {
    nil: absent,
    freq: members === 'always' ? 1_000 : 3,
    depthIdentifier: 'schema',
    maxDepth: 6,
  })
}

/** Members beside the named ones, where the schema says what they are. */
function extras(
  schema: JsonSchema,
  generate: (schema: AnySchema) => Arbitrary<unknown>,
  members: Members,
  least: number,
): Arbitrary<readonly Entry[]> {
  const additional = schemaIn(schema, 'additionalProperties')
  const patterns = Object.entries(namedIn(schema, 'patternProperties'))
  const names = schemaIn(schema, 'propertyNames')
  const kinds = patterns.map(([pattern, inner]) => tuple(stringMatching(new RegExp(pattern, 'u')), generate(inner)))
  if (kinds.length === 0 && (additional === false || (additional === undefined && least === 0))) return constant([])
  if (kinds.length === 0) {
    const name = names === undefined ? stringMatching(/^[a-z]{1,6}$/) : generate(names).map(String)
    kinds.push(tuple(name, generate(additional ?? true)))
  }
  const kind = kinds[0]
  if (kind === undefined || (members === 'never' && least === 0)) return constant([])
  const all = array(kind, {
    minLength: least,
    maxLength: Math.max(least, members === 'never' ? 0 : 2),
    depthIdentifier: 'schema',
  })
  return all.map((list) => list.filter(([name]) => name !== '__proto__'))
}

function isReadOnly(schema: AnySchema | undefined): boolean {
  return isObject(schema) && schema.readOnly === true
}
