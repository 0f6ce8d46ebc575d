import { isDeepStrictEqual } from 'node:util'
import { memberOf, sent } from './member.ts'
import { resolveReference, toSchema, toSchemaList, toSchemas } from './reference.ts'
import type { JsonSchema } from './schema.ts'

/** Tells whether the outline of a value is that of a schema: types, required members, constants; no sizes or formats. */
export type Fit = (value: unknown) => boolean

const is: Readonly<Record<string, Fit>> = {
  array: Array.isArray,
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  null: (value) => value === null,
  number: (value) => typeof value === 'number',
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  string: (value) => typeof value === 'string',
}

/**
 * Compiles the outlines of the schemas of one document. A schema that recurs inside itself is not looked into again,
 * so that the cost is bound by the model and not by the depth of the value.
 */
export function fitter(root: JsonSchema): (schema: JsonSchema) => Fit {
  const known = new Map<JsonSchema, Fit | undefined>()

  const fit = (schema: JsonSchema): Fit | undefined => {
    if (known.has(schema)) return known.get(schema)
    known.set(schema, undefined)
    const tests = testsOf(schema, root, fit)
    const [first, ...more] = tests
    const test = more.length === 0 ? first : (value: unknown): boolean => tests.every((one) => one(value))
    known.set(schema, test)
    return test
  }

  return (schema) => {
    const test = fit(schema)
    return test === undefined ? () => true : (value) => test(sent(value))
  }
}

function testsOf(schema: JsonSchema, root: JsonSchema, fit: (schema: JsonSchema) => Fit | undefined): Fit[] {
  const tests: Fit[] = []
  const all = (branches: readonly JsonSchema[]): Fit[] => branches.map(fit).filter((test) => test !== undefined)
  const types = [schema.type].flat().flatMap((type) => is[String(type)] ?? [])
  if (types.length > 0) tests.push((value) => types.some((test) => test(value)))
  const members = schema.const === undefined ? schema.enum : [schema.const]
  if (Array.isArray(members)) tests.push(memberTest(members))
  if (schema.$ref !== undefined) tests.push(...all([resolveReference(schema.$ref, root)]))
  tests.push(...all(toSchemaList(schema.allOf)))
  for (const branches of [toSchemaList(schema.anyOf), toSchemaList(schema.oneOf)]) {
    const some = all(branches)
    // A branch without a test takes everything.
    if (some.length > 0 && some.length === branches.length) tests.push((value) => some.some((test) => test(value)))
  }
  tests.push(...objectTests(schema, fit), ...listTests(schema, fit))
  return tests
}

function memberTest(members: readonly unknown[]): Fit {
  const scalars = new Set(members.filter((member) => typeof member !== 'object' || member === null))
  const others = members.filter((member) => !scalars.has(member))
  return (value) => scalars.has(value) || others.some((member) => isDeepStrictEqual(member, value))
}

function objectTests(schema: JsonSchema, fit: (schema: JsonSchema) => Fit | undefined): Fit[] {
  const required = Array.isArray(schema.required) ? schema.required.map(String) : []
  const members: [string, Fit][] = []
  for (const [name, member] of toSchemas(schema.properties)) {
    const test = fit(member)
    if (test !== undefined) members.push([name, test])
  }
  if (required.length === 0 && members.length === 0) return []
  return [
    (value) => {
      if (typeof value !== 'object' || value === null) return true
      for (const name of required) if (memberOf(value, name) === undefined) return false
      for (const [name, test] of members) {
        const member = memberOf(value, name)
        if (member !== undefined && !test(sent(member))) return false
      }
      return true
    },
  ]
}

function listTests(schema: JsonSchema, fit: (schema: JsonSchema) => Fit | undefined): Fit[] {
  const prefix = toSchemaList(schema.prefixItems).map(fit)
  const rest = fit(toSchema(schema.items))
  if (rest === undefined && prefix.every((test) => test === undefined)) return []
  return [
    (value) => {
      if (!Array.isArray(value)) return true
      return value.every((item, i) => (i < prefix.length ? prefix[i] : rest)?.(sent(item)) ?? true)
    },
  ]
}
