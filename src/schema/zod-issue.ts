import { z } from 'zod'
import type { FindingCode } from './finding.ts'
import { furthest, type Issue, noneOf } from './issue.ts'
import { type Bound, mustBeFormat, mustBeOneOf, mustBeType, mustMatch, mustReach } from './wording.ts'

type RawIssue = z.core.$ZodRawIssue
type FinalIssue = z.core.$ZodIssue

/**
 * The error map that is passed to each parse. Zod asks it only where the author of the model gave no message, which
 * is how a message of the author is told from a default one. An app that set a language of its own gets its texts.
 */
export function zodWording(issue: RawIssue): string | undefined {
  const { customError, localeError } = z.config()
  return textOf(customError?.(issue)) ?? (isEnglish(localeError) ? wording(issue) : undefined)
}

function textOf(message: string | { readonly message: string } | null | undefined): string | undefined {
  return typeof message === 'string' ? message : message?.message
}

const probe: RawIssue = { code: 'invalid_type', expected: 'string', input: 0 }
const english = textOf(z.locales.en().localeError(probe))

function isEnglish(localeError: z.core.$ZodErrorMap | undefined): boolean {
  return localeError === undefined || textOf(localeError(probe)) === english
}

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
  const own = message !== (zodWording(raw) ?? textOf(z.config().localeError?.(raw)))
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

function wording(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return mustBeType(issue.expected)
    case 'invalid_value':
      return mustBeOneOf(issue.values)
    case 'too_small':
      return mustReach(boundOf(issue, 'least', 'more'), issue.origin, issue.minimum)
    case 'too_big':
      return mustReach(boundOf(issue, 'most', 'less'), issue.origin, issue.maximum)
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`
    case 'invalid_format':
      return formatWording(issue)
    case 'invalid_union':
      return issue.inclusive === false ? 'must fit one form only' : 'must be one of the allowed forms'
    default:
      return 'is not valid'
  }
}

function boundOf(
  issue: { readonly exact?: boolean; readonly inclusive?: boolean },
  inclusive: Bound,
  exclusive: Bound,
): Bound {
  if (issue.exact === true) return 'exactly'
  return issue.inclusive === false ? exclusive : inclusive
}

function formatWording(
  issue: { readonly format: string; readonly pattern?: string } & Record<string, unknown>,
): string {
  switch (issue.format) {
    case 'starts_with':
      return `must start with ${JSON.stringify(issue.prefix)}`
    case 'ends_with':
      return `must end with ${JSON.stringify(issue.suffix)}`
    case 'includes':
      return `must contain ${JSON.stringify(issue.includes)}`
    case 'regex':
    case 'template_literal':
      return mustMatch(issue.pattern ?? '')
    default:
      return mustBeFormat(issue.format)
  }
}
