import { z } from 'zod'
import type { FindingCode } from './finding.ts'
import { furthest, type Issue, noneOf } from './issue.ts'
import { mustBeOneOf } from './wording.ts'
import { defaultMessage } from './zod-wording.ts'

type RawIssue = z.core.$ZodRawIssue
type FinalIssue = z.core.$ZodIssue

/** The issues of a failed parse, with one for every key that is not known. */
export function zodIssues(raw: readonly RawIssue[], context: z.core.ParseContext): Issue[] {
  const config = z.config()
  return raw.flatMap((issue) => {
    const final: FinalIssue = z.core.util.finalizeIssue(issue, context, config)
    return issuesOf(final, issue)
  })
}

const codes: Readonly<Record<string, FindingCode>> = {
  invalid_type: 'invalid_type',
  invalid_value: 'invalid_value',
  invalid_format: 'invalid_format',
  too_small: 'too_small',
  too_big: 'too_big',
  not_multiple_of: 'not_multiple_of',
}

function issuesOf(issue: FinalIssue, raw: RawIssue): Issue[] {
  const { path: keys, message } = issue
  const own = message !== defaultMessage(raw)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      keys: [...keys, key],
      code: 'unrecognized_key',
      message: own ? message : 'is not known here',
      own,
    }))
  }
  if (issue.code === 'invalid_union' && !own) return unionIssues(issue)
  if (issue.code === 'invalid_key' && !own) {
    const [reason] = issue.issues
    return [{ keys, code: 'invalid', message: `has a name that ${reason?.message ?? 'is not allowed'}`, own }]
  }
  return [{ keys, code: codes[issue.code] ?? 'invalid', message, own }]
}

function unionIssues(issue: z.core.$ZodIssueInvalidUnion): Issue[] {
  const { path: keys } = issue
  // The type declares the options of a discriminated union in one of its cases only.
  const options: unknown = Reflect.get(issue, 'options')
  if (Array.isArray(options) && issue.errors.length === 0) {
    return [{ keys, code: 'invalid_value', message: mustBeOneOf(options), own: false }]
  }
  const branches = issue.errors.map((errors) => errors.flatMap((one) => issuesOf(one, one as RawIssue)))
  const best = furthest(branches)
  if (best !== undefined) return best.map((one) => ({ ...one, keys: [...keys, ...one.keys] }))
  return [{ keys, code: 'invalid', message: branches.length === 0 ? issue.message : noneOf(branches), own: false }]
}
