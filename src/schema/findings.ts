import { type Finding, toPointer } from './finding.ts'
import { inModelOrder } from './finding-order.ts'
import type { GivenInput } from './invalid.ts'
import type { Issue } from './issue.ts'
import { declaresInteger } from './schemas-at.ts'
import type { Shape } from './shape.ts'
import { mustBeType } from './wording.ts'

/** What findings are made with. */
export interface Given extends GivenInput {
  readonly shape: Shape
}

/**
 * The findings of issues: each once, in the order of the model, and `missing` wherever there is no value. Of a member
 * that is not known nothing else is said than what the validator says of it.
 */
export function findingsOf(issues: readonly Issue[], given: Given): readonly Finding[] {
  const findings = new Map<string, Finding>()
  const paths = new Set<string>()
  for (const issue of inModelOrder(issues, given.shape, given.value)) {
    const finding = toFinding(issue, given)
    if (finding.code === 'unrecognized_key' && paths.has(finding.path)) continue
    paths.add(finding.path)
    findings.set(`${finding.code} ${finding.path} ${finding.message}`, finding)
  }
  return [...findings.values()]
}

function toFinding(issue: Issue, { json, value, placeOf }: Given): Finding {
  const { keys, code, message, own } = issue
  const [first] = keys
  const place = { in: placeOf(first === undefined ? undefined : String(first)), path: toPointer(keys) }
  if (code !== 'unrecognized_key' && isAbsent(value, keys)) {
    return { ...place, code: 'missing', message: own ? message : 'is required' }
  }
  // Libraries say of a text that it is no number, even where only integers are allowed.
  const coarse = !own && message === mustBeType('number') && declaresInteger(json, keys)
  return { ...place, code, message: coarse ? mustBeType('integer') : message }
}

function isAbsent(value: unknown, keys: readonly PropertyKey[]): boolean {
  let current = value
  for (const key of keys) {
    if (current === undefined) return true
    if (typeof current !== 'object' || current === null) return false
    current = Object.hasOwn(current, key) ? Reflect.get(current, key) : undefined
  }
  return current === undefined
}
