import type { FindingCode } from './finding.ts'
import { type Issue, toKeys } from './issue.ts'
import { type Bound, mustBeOneOf, mustBeType, mustReach } from './wording.ts'

/** An error as ArkType gives it through Standard Schema, as far as it is read here. */
export interface ArkIssue {
  readonly code: string
  readonly path: readonly PropertyKey[]
  readonly message: string
  /** The message without the path: `must be a string (was a number)`. */
  readonly problem: string
  readonly expected: string
  readonly data: unknown
  readonly rule?: unknown
  readonly exclusive?: boolean
  readonly unit?: unknown
  readonly errors?: readonly ArkIssue[]
}

/** Reads an error of ArkType. */
export function arkIssues(error: ArkIssue): Issue[] {
  if (error.code === 'intersection') return (error.errors ?? []).flatMap(arkIssues)
  const keys = toKeys(error.path)
  const own = error.message !== error.problem && !error.message.toLowerCase().endsWith(error.problem.toLowerCase())
  if (error.code === 'predicate' && error.expected === 'removed') {
    return [{ keys, code: 'unrecognized_key', message: 'is not known here', own: false }]
  }
  return [{ keys, code: codeOf(error), message: own ? error.message : wording(error), own }]
}

const codes: Readonly<Record<string, FindingCode>> = {
  after: 'too_small',
  before: 'too_big',
  domain: 'invalid_type',
  max: 'too_big',
  maxLength: 'too_big',
  min: 'too_small',
  minLength: 'too_small',
  pattern: 'invalid_format',
  proto: 'invalid_type',
  required: 'missing',
  unit: 'invalid_value',
}

function codeOf({ code, data, rule, errors, problem }: ArkIssue): FindingCode {
  if (code === 'divisor') return rule === 1 ? 'invalid_type' : 'not_multiple_of'
  if (code === 'exactLength') return lengthOf(data) > Number(rule) ? 'too_big' : 'too_small'
  if (code !== 'union') return codes[code] ?? 'invalid'
  if (problem.includes('must be boolean')) return 'invalid_type'
  return unitsOf(errors) === undefined ? 'invalid' : 'invalid_value'
}

function unitsOf(errors: readonly ArkIssue[] = []): readonly unknown[] | undefined {
  return errors.every((error) => error.code === 'unit') ? errors.map(({ unit }) => unit) : undefined
}

function lengthOf(data: unknown): number {
  return typeof data === 'string' || Array.isArray(data) ? data.length : 0
}

function wording({ code, data, rule, exclusive, errors, problem }: ArkIssue): string {
  const of = Array.isArray(data) ? 'array' : typeof data
  const bound = bounds[code]
  if (bound !== undefined) return mustReach(bound[exclusive === true ? 1 : 0], of, rule)
  // Of a union the problem begins with the path.
  const wanted = problem.replace(/^.*?(?=must be )/s, '').replace(/ \(was .*\)$/s, '')
  if (wanted === 'must be boolean') return mustBeType('boolean')
  if (wanted === 'must be an array') return mustBeType('array')
  const units = code === 'union' ? unitsOf(errors) : undefined
  return units === undefined ? wanted : mustBeOneOf(units)
}

const bounds: Readonly<Record<string, readonly [inclusive: Bound, exclusive: Bound]>> = {
  exactLength: ['exactly', 'exactly'],
  max: ['most', 'less'],
  maxLength: ['most', 'less'],
  min: ['least', 'more'],
  minLength: ['least', 'more'],
}
