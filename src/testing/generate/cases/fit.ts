import type { ErrorObject } from 'ajv'
import { schemaCompiler } from '../../openapi/document-schemas.ts'
import type { AnySchema, Schemas } from '../../openapi/schema-parts.ts'

/** Whether a value fits a schema; `unsure` where careful servers differ. */
export type Verdict = 'valid' | 'invalid' | 'unsure'

/** Judges values by schemas of one document. */
export type Fit = (schema: AnySchema, value: unknown) => Verdict

/** Formats whose texts always have a digit or one of the signs `@ : . - /`, so that a text without any is wrong. */
const plainFormats: ReadonlySet<string> = new Set(['date', 'date-time', 'email', 'ipv4', 'ipv6', 'uuid'])

/** Makes a judge of values, by JSON Schema 2020-12. */
export function createFit(schemas: Schemas): Fit {
  const compile = schemaCompiler(schemas)
  return (schema, value) => {
    const validate = compile(schema)
    // A schema that nobody can compile proves nothing about a value.
    if (typeof validate === 'string') return 'unsure'
    const inPairs = withoutAstral(value)
    const fits = validate(value)
    const errors = validate.errors ?? []
    if (inPairs !== undefined && validate(inPairs) !== fits) return 'unsure'
    if (fits) return isUnusual(value, 0) ? 'unsure' : 'valid'
    return errors.every(isArguable) ? 'unsure' : 'invalid'
  }
}

/** Some readers of formats take more than others do, and fractions are not the same in every language. */
function isArguable({ keyword, params, data }: ErrorObject): boolean {
  if (keyword === 'multipleOf') return !Number.isInteger(data)
  if (keyword !== 'format') return false
  return !plainFormats.has(String(params.format)) || (typeof data === 'string' && /[\d@:./-]/.test(data))
}

/** Two characters for each that takes two units of UTF-16, if there are any: servers count lengths either way. */
function withoutAstral(value: unknown): unknown {
  const text = JSON.stringify(value)
  if (text === undefined || !/[\u{10000}-\u{10ffff}]/u.test(text)) return undefined
  return JSON.parse(text.replaceAll(/[\u{10000}-\u{10ffff}]/gu, 'xx'))
}

/** What fits, and yet some part of a server may have to refuse: a database the NUL, a language the number. */
function isUnusual(value: unknown, depth: number): boolean {
  if (depth > 16) return true
  if (typeof value === 'string') return value.length > 10_000 || !value.isWellFormed() || value.includes('\0')
  if (typeof value === 'number') return Math.abs(value) > Number.MAX_SAFE_INTEGER
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(
    ([name, inner]) => name === '__proto__' || name.includes('\0') || isUnusual(inner, depth + 1),
  )
}
