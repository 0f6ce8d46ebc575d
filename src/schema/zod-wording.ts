import { z } from 'zod'
import { type Bound, mustBeFormat, mustBeOneOf, mustBeType, mustMatch, mustReach } from './wording.ts'

type RawIssue = z.core.$ZodRawIssue
type ErrorMap = z.core.$ZodErrorMap

/**
 * The error map that is passed to each parse. Zod asks it only where the author of the model gave no message, which
 * is how a message of the author is told from a default one. An app that set a language of its own gets its texts.
 */
export function zodWording(issue: RawIssue): string | undefined {
  const { customError, localeError } = z.config()
  return textOf(customError?.(issue)) ?? (isEnglish(localeError) ? wording(issue) : undefined)
}

/** The message of an issue where the author of the model gave none. */
export function defaultMessage(issue: RawIssue): string | undefined {
  return zodWording(issue) ?? textOf(z.config().localeError?.(issue))
}

function textOf(message: ReturnType<ErrorMap>): string | undefined {
  return typeof message === 'string' ? message : message?.message
}

const probe: RawIssue = { code: 'invalid_type', expected: 'string', input: 0 }
const english = textOf(z.locales.en().localeError(probe))
const judged = new WeakMap<ErrorMap, boolean>()

function isEnglish(localeError: ErrorMap | undefined): boolean {
  if (localeError === undefined) return true
  const known = judged.get(localeError)
  if (known !== undefined) return known
  const same = textOf(localeError(probe)) === english
  judged.set(localeError, same)
  return same
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
