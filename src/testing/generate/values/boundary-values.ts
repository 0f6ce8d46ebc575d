import type { JsonSchema } from '../../../schema/schema.ts'
import {
  type AnySchema,
  isObject,
  namedIn,
  numberIn,
  type Schemas,
  schemaIn,
  schemasIn,
  textsIn,
} from '../../openapi/schema-parts.ts'
import { merged } from './merged.ts'

/** A value on one side of a boundary or the other. */
export interface BoundaryValue {
  /** Such as `above its maximum`. */
  readonly what: string
  readonly value: unknown
}

const long = 3_000

/** The values with which mistakes show: on the boundaries of a schema, beyond them, and of other types. */
export function boundaryValues(schema: AnySchema, schemas: Schemas, base: unknown): readonly BoundaryValue[] {
  const all = merged(schema, schemas)
  const found: BoundaryValue[] = []
  const add = (what: string, value: unknown): void => {
    if (!found.some((each) => JSON.stringify(each.value) === JSON.stringify(value))) found.push({ what, value })
  }
  if (Array.isArray(all.enum)) all.enum.slice(0, 12).forEach((value) => void add(`as ${JSON.stringify(value)}`, value))
  for (const choice of [...schemasIn(all, 'anyOf'), ...schemasIn(all, 'oneOf')].slice(0, 6)) {
    for (const each of own(merged(choice, schemas), base)) add(each.what, each.value)
  }
  for (const { what, value } of own(all, base)) add(what, value)
  for (const { what, value } of strange) add(what, value)
  return found
}

const strange: readonly BoundaryValue[] = [
  { what: 'as null', value: null },
  { what: 'as a boolean', value: true },
  { what: 'as zero', value: 0 },
  { what: 'as a fraction', value: 1.5 },
  { what: 'as a text', value: 'trestle' },
  { what: 'as an empty text', value: '' },
  { what: 'as a list', value: ['x'] },
  { what: 'as an object', value: { x: 'y' } },
  { what: 'as another word', value: 'none-of-them' },
]

function own(schema: JsonSchema, base: unknown): readonly BoundaryValue[] {
  const types = Array.isArray(schema.type) ? schema.type : [schema.type]
  return types.flatMap((type) => {
    if (type === 'integer' || type === 'number') return ofNumber(schema, type)
    if (type === 'string') return ofText(schema)
    if (type === 'array') return ofList(schema, base)
    return type === 'object' || 'properties' in schema ? ofObject(schema, base) : []
  })
}

function ofNumber(schema: JsonSchema, type: string): readonly BoundaryValue[] {
  const step = numberIn(schema, 'multipleOf') ?? (type === 'integer' ? 1 : 0.5)
  const found: BoundaryValue[] = []
  for (const [keyword, way] of [
    ['minimum', 'below'],
    ['exclusiveMinimum', 'below'],
    ['maximum', 'above'],
    ['exclusiveMaximum', 'above'],
  ] as const) {
    const bound = numberIn(schema, keyword)
    if (bound === undefined) continue
    const name = keyword.endsWith('inimum') ? 'minimum' : 'maximum'
    const beyond = way === 'below' ? -step : step
    found.push({ what: `on its ${name}`, value: bound }, { what: `${way} its ${name}`, value: bound + beyond })
    found.push({ what: `within its ${name}`, value: bound - beyond })
  }
  return [
    ...found,
    { what: 'as a negative number', value: -1 },
    { what: 'as a number of 31 bits', value: 2 ** 31 - 1 },
    { what: 'as a number of 32 bits', value: 2 ** 32 },
    { what: 'as a number of 53 bits', value: Number.MAX_SAFE_INTEGER },
    { what: 'as a huge number', value: 1e308 },
  ]
}

function ofText(schema: JsonSchema): readonly BoundaryValue[] {
  const [least, most] = [numberIn(schema, 'minLength'), numberIn(schema, 'maxLength')]
  const of = (length: number): string => 'a'.repeat(Math.max(0, Math.min(length, 100_000)))
  return [
    ...(least === undefined ? [] : [{ what: 'of its least length', value: of(least) }]),
    ...(least === undefined || least === 0 ? [] : [{ what: 'below its least length', value: of(least - 1) }]),
    ...(most === undefined
      ? []
      : [
          { what: 'of its greatest length', value: of(most) },
          { what: 'above its greatest length', value: of(most + 1) },
        ]),
    ...(typeof schema.pattern === 'string' ? [{ what: 'against its pattern', value: '\u00a7' }] : []),
    ...(typeof schema.format === 'string' ? [{ what: `as no ${schema.format}`, value: 'nonsense' }] : []),
    { what: 'of many signs', value: 'ä€😀 日本 ‮x' },
    { what: 'with a NUL', value: 'a\u0000b' },
    { what: 'with a quote', value: `'"; --` },
    { what: 'with a path', value: '../../x' },
    { what: 'of great length', value: of(long) },
    { what: 'of blanks', value: '  ' },
  ]
}

function ofList(schema: JsonSchema, base: unknown): readonly BoundaryValue[] {
  const item = Array.isArray(base) ? base[0] : undefined
  const [least, most] = [numberIn(schema, 'minItems'), numberIn(schema, 'maxItems')]
  const of = (length: number): readonly unknown[] => Array.from({ length: Math.min(length, 2_000) }, () => item ?? 'x')
  return [
    { what: 'as an empty list', value: [] },
    ...(item === undefined ? [] : [{ what: 'with one item twice', value: [item, item] }]),
    ...(least === undefined || least === 0 ? [] : [{ what: 'with too few items', value: of(least - 1) }]),
    ...(most === undefined ? [] : [{ what: 'with too many items', value: of(most + 1) }]),
    { what: 'with an item of another type', value: [{ x: 'y' }, 1, null] },
  ]
}

function ofObject(schema: JsonSchema, base: unknown): readonly BoundaryValue[] {
  if (!isObject(base)) return [{ what: 'as an empty object', value: {} }]
  const missing = textsIn(schema, 'required').map((name) => {
    const { [name]: _left, ...rest } = base
    return { what: `without ${name}`, value: rest }
  })
  const isClosed = schemaIn(schema, 'additionalProperties') === false
  return [
    { what: 'as an empty object', value: {} },
    ...missing,
    { what: isClosed ? 'with a member too many' : 'with another member', value: { ...base, trestle_unknown: 'x' } },
  ]
}

/** The members of an object that boundaries are tried on one at a time. */
export function memberSchemas(schema: AnySchema, schemas: Schemas): readonly (readonly [string, AnySchema])[] {
  const all = merged(schema, schemas)
  return Object.entries(namedIn(all, 'properties')).filter(([, inner]) => !(isObject(inner) && inner.readOnly === true))
}
