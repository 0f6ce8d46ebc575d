import type { FindingCode } from './finding.ts'
import { furthest, type Issue, noneOf, toKeys } from './issue.ts'
import { type Bound, mustBeFormat, mustBeType, mustMatch, mustReach } from './wording.ts'

/** An issue as Valibot gives it through Standard Schema, as far as it is read here. */
export interface ValibotIssue {
  readonly kind: string
  readonly type: string
  readonly input: unknown
  readonly expected: string | null
  readonly received: string
  readonly message: string
  readonly requirement?: unknown
  readonly path?: readonly { readonly key: PropertyKey; readonly origin?: string }[]
  readonly issues?: readonly ValibotIssue[]
}

/** Reads an issue of Valibot. */
export function valibotIssues(issue: ValibotIssue): Issue[] {
  const keys = toKeys(issue.path)
  const own = !isDefault(issue)
  const say = (code: FindingCode, message: string): Issue[] => [
    { keys, code, message: own ? issue.message : message, own },
  ]
  if (issue.kind === 'schema') return own || issue.type !== 'union' ? ofSchema(issue, say) : ofUnion(issue, keys)
  if (issue.path?.at(-1)?.origin === 'key') return say('invalid', 'has a name that is not allowed')
  const bound = bounds[issue.type]
  if (bound !== undefined) return say(bound[0], mustReach(bound[1], sizeOf(issue.input), issue.requirement))
  const format = formats[issue.type]
  if (format !== undefined) return say('invalid_format', mustBeFormat(format))
  switch (issue.type) {
    case 'integer':
    case 'safe_integer':
      return say('invalid_type', mustBeType('integer'))
    case 'finite':
      return say('invalid_type', mustBeType('number'))
    case 'multiple_of':
      return say('not_multiple_of', `must be a multiple of ${String(issue.requirement)}`)
    case 'regex':
      return say('invalid_format', mustMatch(issue.expected ?? ''))
    case 'starts_with':
      return say('invalid_format', `must start with ${issue.expected}`)
    case 'ends_with':
      return say('invalid_format', `must end with ${issue.expected}`)
    case 'includes':
      return say('invalid_format', `must contain ${issue.expected}`)
    case 'length':
    case 'size':
      return say(exactCode(issue), mustReach('exactly', sizeOf(issue.input), issue.requirement))
    case 'value':
    case 'values':
      return say('invalid_value', mustBeOne(issue))
    default:
      return say('invalid', 'is not valid')
  }
}

/** Whether Valibot wrote the message: it names what was received, which an author has no reason to do in these words. */
function isDefault({ message, received }: ValibotIssue): boolean {
  return /^Invalid [^:]+: (?:Expected .* but r|R)eceived /s.test(message) && message.endsWith(received)
}

function ofSchema(issue: ValibotIssue, say: (code: FindingCode, message: string) => Issue[]): Issue[] {
  switch (issue.type) {
    case 'enum':
    case 'literal':
    case 'picklist':
    case 'variant':
      return say('invalid_value', mustBeOne(issue))
    case 'strict_object':
      if (issue.expected === 'never') return say('unrecognized_key', 'is not known here')
  }
  const type = issue.type.replace(/^(?:strict|loose)_|_with_rest$/, '')
  return say(type === 'custom' ? 'invalid' : 'invalid_type', type === 'custom' ? 'is not valid' : mustBeType(type))
}

function ofUnion(issue: ValibotIssue, keys: readonly PropertyKey[]): Issue[] {
  const all = (issue.issues ?? []).map(valibotIssues)
  const atRoot = all.filter(([first]) => first?.keys.length === 0)
  const inside = all.filter(([first]) => first?.keys.length !== 0)
  // Valibot does not say which alternative an issue is of; what is inside is of one when all others failed at the root.
  const alternatives = issue.expected?.split(' | ').length ?? 0
  const best =
    alternatives - atRoot.length === 1 && inside.length > 0 ? furthest([...atRoot, inside.flat()]) : undefined
  if (best !== undefined) return best.map((one) => ({ ...one, keys: [...keys, ...one.keys] }))
  return [{ keys, code: 'invalid', message: noneOf(inside.length === 0 ? atRoot : []), own: false }]
}

function mustBeOne({ expected }: ValibotIssue): string {
  const values = (expected ?? '').replace(/^\((.*)\)$/s, '$1').split(' | ')
  return values.length === 1 ? `must be ${values[0]}` : `must be one of ${values.join(', ')}`
}

function exactCode({ received, requirement }: ValibotIssue): FindingCode {
  return Number(received) > Number(requirement) ? 'too_big' : 'too_small'
}

function sizeOf(input: unknown): string {
  return Array.isArray(input) ? 'array' : typeof input
}

const bounds: Readonly<Record<string, readonly [FindingCode, Bound]>> = {
  gt_value: ['too_small', 'more'],
  lt_value: ['too_big', 'less'],
  max_entries: ['too_big', 'most'],
  max_length: ['too_big', 'most'],
  max_value: ['too_big', 'most'],
  min_entries: ['too_small', 'least'],
  min_length: ['too_small', 'least'],
  min_value: ['too_small', 'least'],
}

const formats: Readonly<Record<string, string>> = {
  base64: 'base64',
  email: 'email',
  ipv4: 'ipv4',
  ipv6: 'ipv6',
  iso_date: 'date',
  iso_date_time: 'datetime',
  iso_time: 'time',
  iso_timestamp: 'datetime',
  jws_compact: 'jwt',
  rfc_email: 'email',
  url: 'url',
  uuid: 'uuid',
}
