import type { FindingCode } from './finding.ts'

/** What a validator complains of, in our words; it becomes a finding when it is known where the value came from. */
export interface Issue {
  readonly keys: readonly PropertyKey[]
  readonly code: FindingCode
  readonly message: string
  /** Whether the author of the model wrote the message, so that it is kept whatever the code is. */
  readonly own: boolean
}

/** What a validator returns in place of a value. */
export class Rejected {
  readonly issues: readonly Issue[]

  constructor(issues: readonly Issue[]) {
    this.issues = issues
  }
}

/** Validates a value: what the model makes of it, or a {@link Rejected}, or a promise of either where the model waits. */
export type Check = (value: unknown) => unknown

/** The keys of a path as Standard Schema writes it: keys, or segments that hold one. */
export function toKeys(path: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined): PropertyKey[] {
  // Not path.map: paths may be of a class of their own (ArkType's are), which map would make again.
  return Array.from(path ?? [], (segment) => (typeof segment === 'object' ? segment.key : segment))
}

/**
 * The issues of the alternative that a value got furthest in, when there is an obvious one: the only one that it has
 * the type of, else the only one whose constants it has.
 */
export function furthest(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const typed = branches.filter(
    (issues) => !issues.some(({ keys, code }) => keys.length === 0 && code === 'invalid_type'),
  )
  if (typed.length <= 1) return typed[0]
  const constant = typed.filter(
    (issues) => !issues.some(({ keys, code }) => keys.length <= 1 && code === 'invalid_value'),
  )
  return constant.length === 1 ? constant[0] : undefined
}

/** What a value must be that fits none of several alternatives: `must be a string or an integer`. */
export function noneOf(branches: readonly (readonly Issue[])[]): string {
  const wanted = branches.map(([issue]) => (issue?.keys.length === 0 ? issue.message : ''))
  if (wanted.length === 0 || !wanted.every((message) => message.startsWith('must be '))) {
    return 'must be one of the allowed forms'
  }
  return [...new Set(wanted)].map((message, i) => (i === 0 ? message : message.slice('must be '.length))).join(' or ')
}
