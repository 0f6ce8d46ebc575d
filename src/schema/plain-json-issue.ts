import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { ErrorObject } from 'ajv'
import type { FindingCode } from './finding.ts'
import { furthest, type Issue, noneOf } from './issue.ts'
import { toSchemaList } from './reference.ts'
import type { JsonSchema } from './schema.ts'
import { schemasAt } from './schemas-at.ts'
import { type Bound, mustBeFormat, mustBeOneOf, mustBeType, mustMatch, mustReach } from './wording.ts'

/** An issue of a plain JSON Schema: one of Standard Schema that carries our words already. */
export type PlainIssue = StandardSchemaV1.Issue & Issue

interface Entry {
  readonly error: ErrorObject
  readonly keys: readonly PropertyKey[]
  readonly issues: readonly Issue[]
}

/** Reads the errors of Ajv, as it gives them with `allErrors` and `verbose`. */
export function plainIssues(errors: readonly ErrorObject[], value: unknown, root: JsonSchema): PlainIssue[] {
  const entries: Entry[] = []
  for (const error of errors) {
    // What `then` or `else` complains of, and which name is not allowed, stands in an error of its own.
    if (error.keyword === 'if' || error.propertyName !== undefined) continue
    const keys = toKeys(error.instancePath, value)
    const branches = branchesOf(error)
    const below = branches.length === 0 ? [] : popBelow(entries, keys, branches, root)
    const issues = isUnion(error) ? unionIssues(below, keys) : [toIssue(error, keys)]
    entries.push({ error, keys, issues })
  }
  return entries.flatMap(({ issues }) => issues).map((issue) => ({ ...issue, path: issue.keys }))
}

function isUnion({ keyword }: ErrorObject): boolean {
  return keyword === 'anyOf' || keyword === 'oneOf'
}

/** The schemas that an error sums up, whose own errors stand before it. */
function branchesOf(error: ErrorObject): readonly JsonSchema[] {
  if (isUnion(error)) return toSchemaList(error.schema)
  return error.keyword === 'contains' ? [{ contains: error.schema }] : []
}

/** Takes the errors of subschemas from the end of the list, by subschema. */
function popBelow(
  entries: Entry[],
  keys: readonly PropertyKey[],
  branches: readonly JsonSchema[],
  root: JsonSchema,
): Issue[][] {
  const below: Issue[][] = branches.map(() => [])
  for (let last = entries.at(-1); last !== undefined; last = entries.at(-1)) {
    const { error, keys: path, issues } = last
    if (!keys.every((key, i) => key === path[i])) break
    // An error does not say which alternative it is of, but it holds the schema that it is of.
    const schema: unknown = error.parentSchema
    const index = branches.findIndex((branch) =>
      [...schemasAt(branch, path.slice(keys.length), root)].includes(schema as JsonSchema),
    )
    if (index === -1) break
    below[index]?.unshift(...issues)
    entries.pop()
  }
  return below
}

function unionIssues(below: readonly (readonly Issue[])[], keys: readonly PropertyKey[]): readonly Issue[] {
  const failed = below.filter((issues) => issues.length > 0)
  if (failed.length === 0) return [{ keys, code: 'invalid', message: 'must fit one form only', own: false }]
  const relative = failed.map((issues) => issues.map((one) => ({ ...one, keys: one.keys.slice(keys.length) })))
  const best = furthest(relative)
  if (best !== undefined) return best.map((one) => ({ ...one, keys: [...keys, ...one.keys] }))
  return [{ keys, code: 'invalid', message: noneOf(relative), own: false }]
}

const bounds: Readonly<Record<string, readonly [code: FindingCode, bound: Bound, of: string]>> = {
  exclusiveMaximum: ['too_big', 'less', 'number'],
  exclusiveMinimum: ['too_small', 'more', 'number'],
  maximum: ['too_big', 'most', 'number'],
  maxItems: ['too_big', 'most', 'array'],
  maxLength: ['too_big', 'most', 'string'],
  maxProperties: ['too_big', 'most', 'object'],
  minimum: ['too_small', 'least', 'number'],
  minItems: ['too_small', 'least', 'array'],
  minLength: ['too_small', 'least', 'string'],
  minProperties: ['too_small', 'least', 'object'],
}

function toIssue({ keyword, params }: ErrorObject, keys: readonly PropertyKey[]): Issue {
  const bound = bounds[keyword]
  const at = (code: FindingCode, message: string, ...below: PropertyKey[]): Issue => ({
    keys: [...keys, ...below],
    code,
    message,
    own: false,
  })
  if (bound !== undefined) return at(bound[0], mustReach(bound[1], bound[2], params.limit))
  switch (keyword) {
    case 'type':
      return at('invalid_type', mustBeAny([params.type].flat()))
    case 'required':
    case 'dependentRequired':
      return at('missing', 'is required', String(params.missingProperty))
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return at(
        'unrecognized_key',
        'is not known here',
        String(params.additionalProperty ?? params.unevaluatedProperty),
      )
    case 'propertyNames':
      return at('invalid', 'has a name that is not allowed', String(params.propertyName))
    case 'const':
      return at('invalid_value', mustBeOneOf([params.allowedValue]))
    case 'enum':
      return at('invalid_value', mustBeOneOf(params.allowedValues))
    case 'multipleOf':
      return at('not_multiple_of', `must be a multiple of ${params.multipleOf}`)
    case 'format':
      return at('invalid_format', mustBeFormat(params.format))
    case 'pattern':
      return at('invalid_format', mustMatch(params.pattern))
    case 'uniqueItems':
      return at('invalid', 'must not have the same item twice')
    case 'contains':
      return at('invalid', 'must have an item of the wanted form')
    case 'false schema':
      return at('invalid', 'must be left out')
    default:
      return at('invalid', 'is not valid')
  }
}

function mustBeAny(types: readonly string[]): string {
  return types
    .map(mustBeType)
    .map((text, i) => (i === 0 ? text : text.replace(/^must be /, '')))
    .join(' or ')
}

/** The keys of a JSON Pointer, with the indexes of lists as numbers. */
function toKeys(pointer: string, value: unknown): PropertyKey[] {
  let current = value
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
      const isIndex = Array.isArray(current)
      current = typeof current === 'object' && current !== null ? Reflect.get(current, key) : undefined
      return isIndex ? Number(key) : key
    })
}
