import { mask } from '../../kernel/masked-text.ts'
import { maskedValue } from '../../kernel/masked-value.ts'
import type { Problem } from '../../kernel/problem.ts'
import { isSecretName } from '../../kernel/secret-name.ts'
import { declaredSecrets } from '../../schema/declared-secret.ts'
import type { Finding } from '../../schema/finding.ts'
import type { JsonSchema } from '../../schema/schema.ts'
import { schemasAt } from '../../schema/schemas-at.ts'

/** A finding with all that is known of it. */
export interface Offence {
  readonly finding: Finding
  /** The parts of its path as the client sent it: names, and numbers for the items of lists. */
  readonly keys: readonly (string | number)[]
  /** The value that is wrong; undefined where there is none. */
  readonly value: unknown
  /** The value as far as it may be told: what is secret by its name or its model is masked. */
  readonly shown: unknown
  /** What should hold the value where it is missing, as far as it may be told; undefined where that is the request itself. */
  readonly container: unknown
  /** What the model says of the value, the keywords of all schemas for it together; `type` is a list. */
  readonly rules: JsonSchema
}

/** The findings that are told, each with the value and the rules that it is about. */
export function offences(problem: Problem, findings: readonly Finding[]): readonly Offence[] {
  const { refused } = problem
  return findings.map((finding, at) => {
    // What is told may have the names that were sent; value and model have the service's own.
    const own = refused?.findings[at] ?? finding
    return { finding, ...lookedUp(own, finding, refused?.given) }
  })
}

type Given = NonNullable<NonNullable<Problem['refused']>['given']>

function lookedUp(own: Finding, told: Finding, given: Given | undefined): Omit<Offence, 'finding'> {
  const ownParts = partsOf(own.path)
  const toldParts = partsOf(told.path)
  const keys: (string | number)[] = []
  const ownKeys: (string | number)[] = []
  let value = given?.value
  let container: unknown
  ownParts.forEach((part, at) => {
    container = at === 0 && isRecord(value) ? membersOf(own, value, given) : value
    const index = Array.isArray(value)
    const key = index ? Number(part) : part
    ownKeys.push(key)
    keys.push(index ? Number(part) : (toldParts[at] ?? part))
    value = isHolder(value) && Object.hasOwn(value, part) ? Reflect.get(value, part) : undefined
  })
  const shown = toldOf(ownKeys, value, given)
  return {
    keys,
    value,
    shown,
    container: toldOf(ownKeys.slice(0, -1), container, given),
    rules: rulesAt(given, ownKeys),
  }
}

/** What may be told of a value that lies there. */
function toldOf(keys: readonly (string | number)[], value: unknown, given: Given | undefined): unknown {
  const declared = given === undefined ? undefined : declaredSecrets(given.json)
  const isSecret = (name: string): boolean => isSecretName(name) || declared?.has(name) === true
  if (value === undefined || value === null) return value
  return keys.some((key) => isSecret(String(key))) ? mask : maskedValue(value, { isSecret })
}

function rulesAt(given: Given | undefined, keys: readonly (string | number)[]): JsonSchema {
  const schemas = given === undefined ? [] : [...schemasAt(given.json, keys, given.json)]
  const types = new Set(schemas.flatMap(({ type }) => (type === undefined ? [] : [type].flat())))
  // What a value may be beside null says more of it.
  if (types.size > 1) types.delete('null')
  const rules: JsonSchema = Object.assign({}, ...schemas)
  return { ...rules, type: [...types] }
}

/** The members of the input that came from the body: where a member of a body is missing, they are what there was. */
function membersOf(
  { in: place }: Finding,
  value: Readonly<Record<string, unknown>>,
  given: Given | undefined,
): unknown {
  if (place !== 'body' || given === undefined) return undefined
  return Object.fromEntries(Object.entries(value).filter(([name]) => given.placeOf(name) === 'body'))
}

function partsOf(pointer: string): readonly string[] {
  const parts = pointer.split('/').slice(1)
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function isHolder(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return isHolder(value) && !Array.isArray(value)
}
