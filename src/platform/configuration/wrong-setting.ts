import type { z } from 'zod'
import { nearest } from '../../kernel/nearest.ts'

/** Something that a configuration says, and that it may not. */
export interface WrongSetting {
  readonly path: readonly PropertyKey[]
  /** Whether the name is wrong, or the value. */
  readonly what: 'key' | 'value'
  /** The end of a sentence about it. */
  readonly text: string
}

type Issue = z.core.$ZodIssue

/** What a model has found, in words; of a value that may have several forms, what is wrong by the form that it has. */
export function wrongSettings(
  issues: readonly Issue[],
  value: unknown,
  around: readonly PropertyKey[] = [],
): readonly WrongSetting[] {
  const misnamed = new Set(issues.filter(({ code }) => code === 'unrecognized_keys').map(({ path }) => path.join('/')))
  return issues.flatMap((issue) => {
    // With a name mended, what the whole lacks may be there.
    if (issue.code === 'custom' && misnamed.has(issue.path.join('/'))) return []
    const path = [...around, ...issue.path]
    const given = at(value, issue.path)
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key): WrongSetting => {
        const meant = nearest(key, issue.message.split(' '))
        return {
          path: [...path, key],
          what: 'key',
          text: `is no setting here: ${meant === undefined ? `there are ${issue.message.replaceAll(' ', ', ')}` : `is it ${meant}?`}`,
        }
      })
    }
    if (issue.code === 'invalid_union') {
      const form = issue.errors.find((each) => each.length > 0 && !each.some(isAboutForm))
      if (form !== undefined) return wrongSettings(form, given, path)
    }
    return [{ path, what: 'value', text: wording(issue, given) } satisfies WrongSetting]
  })
}

/** Whether a finding says that the value is of another form altogether. */
function isAboutForm({ path, code }: Issue): boolean {
  return path.length === 0 && (code === 'invalid_type' || code === 'invalid_value')
}

function wording(issue: Issue, given: unknown): string {
  if (given === undefined && issue.path.length > 0) return 'is missing: add it'
  const mend = typeof given === 'number' || typeof given === 'boolean' ? ': put it in quotes' : ''
  if (issue.code === 'invalid_type' && issue.expected === 'string') return `must be a text${mend}`
  if (issue.code === 'invalid_union' && issue.message.startsWith('must be a text')) return `${issue.message}${mend}`
  if (issue.code === 'invalid_type' && issue.path.at(-1) === 'allow') return 'must be a rule, such as { role: admin }'
  if (issue.code === 'invalid_type') return `must be ${forms[issue.expected] ?? issue.expected}`
  if (issue.code === 'invalid_value')
    return `must be ${issue.values.map(String).join(', ')}`.replace(/, ([^,]*)$/, ' or $1')
  if (issue.code === 'too_small' && issue.message.startsWith('Too')) return `must be at least ${issue.minimum}`
  if (issue.code === 'too_big' && issue.message.startsWith('Too')) return `must be at most ${issue.maximum}`
  return issue.message
}

const forms: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  tuple: 'a list',
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    return typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined
  }, value)
}

/** A path as people write it, such as `channels[0].limit`. */
export function shownPath(path: readonly PropertyKey[]): string {
  return path
    .map((each) => (typeof each === 'number' ? `[${each}]` : `.${String(each)}`))
    .join('')
    .replace(/^\./, '')
}
