import type { FindingCode } from '../../schema/finding.ts'
import type { Offence } from './offence.ts'

/** What Django REST framework would say of a finding; what it has no text for keeps ours. */
export function drfText(offence: Offence): string {
  const { code, message } = offence.finding
  const standard = /^(?:must (?:be|have|match)|is (?:required|not known here)) ?/.test(message)
  return (standard ? texts[code]?.(offence) : undefined) ?? sentence(message)
}

function sentence(message: string): string {
  const begun = message.charAt(0).toUpperCase() + message.slice(1)
  return /[.!?]$/.test(begun) ? begun : `${begun}.`
}

type Text = (offence: Offence) => string | undefined

const texts: Readonly<Partial<Record<FindingCode, Text>>> = {
  missing: () => 'This field is required.',
  unrecognized_key: () => 'Unexpected field.',
  invalid_type: ({ rules, value }) => {
    const [type, ...others] = rules.type as readonly string[]
    if (type === undefined || others.length > 0) return undefined
    return value === null ? 'This field may not be null.' : types[type]?.(value)
  },
  invalid_value: ({ rules, shown }) =>
    rules.enum === undefined && rules.const === undefined ? undefined : `"${plain(shown)}" is not a valid choice.`,
  invalid_format: ({ rules }) => {
    if (typeof rules.format === 'string' && formats[rules.format] !== undefined) return formats[rules.format]
    return rules.pattern === undefined ? undefined : 'This value does not match the required pattern.'
  },
  too_small: ({ rules, value }) => {
    if (value === '' && rules.minLength !== undefined) return 'This field may not be blank.'
    if (typeof value === 'string') return ensured('this field has at least', rules.minLength, 'characters')
    if (Array.isArray(value)) return ensured('this field has at least', rules.minItems, 'elements')
    if (rules.minimum === undefined) return ensured('this value is greater than', rules.exclusiveMinimum)
    return ensured('this value is greater than or equal to', rules.minimum)
  },
  too_big: ({ rules, value }) => {
    if (typeof value === 'string') return ensured('this field has no more than', rules.maxLength, 'characters')
    if (Array.isArray(value)) return ensured('this field has no more than', rules.maxItems, 'elements')
    if (rules.maximum === undefined) return ensured('this value is less than', rules.exclusiveMaximum)
    return ensured('this value is less than or equal to', rules.maximum)
  },
}

const types: Readonly<Record<string, (value: unknown) => string>> = {
  integer: () => 'A valid integer is required.',
  number: () => 'A valid number is required.',
  boolean: () => 'Must be a valid boolean.',
  string: () => 'Not a valid string.',
  array: (value) => `Expected a list of items but got type "${pythonType(value)}".`,
  object: (value) => `Invalid data. Expected a dictionary, but got ${pythonType(value)}.`,
}

const formats: Readonly<Record<string, string>> = {
  date: 'Date has wrong format. Use one of these formats instead: YYYY-MM-DD.',
  'date-time':
    'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].',
  time: 'Time has wrong format. Use one of these formats instead: hh:mm[:ss[.uuuuuu]].',
  email: 'Enter a valid email address.',
  uri: 'Enter a valid URL.',
  uuid: 'Must be a valid UUID.',
}

function ensured(what: string, limit: unknown, unit?: string): string | undefined {
  return limit === undefined ? undefined : `Ensure ${[what, limit, ...(unit === undefined ? [] : [unit])].join(' ')}.`
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function pythonType(value: unknown): string {
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  return typeof value === 'string' ? 'str' : typeof value === 'boolean' ? 'bool' : value === null ? 'NoneType' : 'dict'
}
