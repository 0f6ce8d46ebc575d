import { type Arbitrary, constant, constantFrom, jsonValue, nat, oneof, option, tuple } from 'fast-check'
import type { ReadOperation } from '../../../openapi/read/read-api.ts'
import { isObject } from '../../openapi/schema-parts.ts'
import type { Generate } from '../values/schema-arbitrary.ts'
import { isWritable } from './body-text.ts'
import type { PartPlace, Parts, PartsBody, Values } from './parts.ts'

/** Random values for a request: about half of them as the document says, the others with one value changed. */
export function requestArbitrary(
  operation: ReadOperation,
  generate: Generate,
  known: readonly Values[],
): Arbitrary<Parts> {
  const place = (name: PartPlace): Arbitrary<Values> => valuesOf(operation, name, generate)
  const somewhere = option(nat({ max: Math.max(0, known.length - 1) }), { freq: 4 })
  const all = tuple(
    place('path'),
    place('query'),
    place('header'),
    place('cookie'),
    bodyOf(operation, generate),
    somewhere,
  )
  const parts = all.map(([path, query, header, cookie, body, at]): Parts => {
    return { path: { ...path, ...(at === null ? {} : known[at]) }, query, header, cookie, body }
  })
  return tuple(parts, option(tuple(nat({ max: 63 }), wild), { freq: 2 })).map(([sound, change]) => {
    return change === null ? sound : changedAt(sound, change[0], change[1])
  })
}

const wild: Arbitrary<unknown> = oneof(
  constantFrom(null, true, 0, -1, 1.5, 2 ** 53, 1e308, '', 'x', 'ä€😀', "'", '../..', '%', '\\', 'x'.repeat(400)),
  constantFrom([], {}, [null], { a: { b: [] } }),
  jsonValue({ maxDepth: 2, depthSize: 'small' }),
)

function valuesOf({ parameters }: ReadOperation, place: PartPlace, generate: Generate): Arbitrary<Values> {
  const own = parameters.filter((each) => each.in === place)
  const properties = Object.fromEntries(own.map(({ name, schema }) => [name, schema]))
  const required = own.filter((each) => each.required).map(({ name }) => name)
  return generate({ type: 'object', properties, required, additionalProperties: false }) as Arbitrary<Values>
}

function bodyOf({ body }: ReadOperation, generate: Generate): Arbitrary<PartsBody | undefined> {
  const contents = (body?.contents ?? []).filter(({ type }) => isWritable(type))
  if (contents.length === 0) return constant(undefined)
  const any = oneof(
    ...contents.map(({ type, schema }) => generate(schema ?? true).map((value): PartsBody => ({ type, value }))),
  )
  return body?.required === true ? any : option(any, { nil: undefined })
}

/** The parts with the value at one place replaced. */
function changedAt(parts: Parts, at: number, value: unknown): Parts {
  const places = placesOf(parts)
  const change = places[at % Math.max(1, places.length)]
  return change === undefined ? parts : change(value)
}

type Change = (value: unknown) => Parts

function placesOf(parts: Parts): readonly Change[] {
  const all: Change[] = []
  for (const place of ['path', 'query', 'header', 'cookie'] as const) {
    for (const name of Object.keys(parts[place])) {
      all.push((value) => ({ ...parts, [place]: { ...parts[place], [name]: value } }))
    }
  }
  const { body } = parts
  if (body === undefined || 'text' in body) return all
  const visit = (value: unknown, put: (changed: unknown) => unknown, depth: number): void => {
    all.push((changed) => ({ ...parts, body: { type: body.type, value: put(changed) } }))
    if (depth > 3) return
    if (Array.isArray(value)) {
      value.forEach((each, index) => void visit(each, (changed) => put(value.with(index, changed)), depth + 1))
    } else if (isObject(value)) {
      for (const [name, each] of Object.entries(value))
        visit(each, (changed) => put({ ...value, [name]: changed }), depth + 1)
    }
  }
  visit(body.value, (changed) => changed, 0)
  return all
}
