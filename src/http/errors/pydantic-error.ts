import type { FindingCode } from '../../schema/finding.ts'
import type { Offence } from './offence.ts'

/** One error as pydantic 2 writes it, without its place. */
export interface PydanticError {
  readonly type: string
  readonly msg: string
  readonly ctx?: Readonly<Record<string, unknown>>
}

/** What pydantic 2 would say of a finding; what it has no word for is a `value_error` with our message. */
export function pydanticError(offence: Offence): PydanticError {
  const { code, message } = offence.finding
  const standard = /^(?:must (?:be|have|match|start|end|contain|fit|not)|is (?:required|not known here)) ?/.test(
    message,
  )
  return (standard ? words[code]?.(offence) : undefined) ?? valueError(message)
}

type Words = (offence: Offence) => PydanticError | undefined

const words: Readonly<Partial<Record<FindingCode, Words>>> = {
  missing: () => ({ type: 'missing', msg: 'Field required' }),
  unrecognized_key: () => ({ type: 'extra_forbidden', msg: 'Extra inputs are not permitted' }),
  invalid_type: typeError,
  invalid_value: choiceError,
  invalid_format: formatError,
  too_small: ({ rules, value }) => tooSmall(rules, value),
  too_big: ({ rules, value }) => tooBig(rules, value),
  not_multiple_of: ({ rules: { multipleOf } }) => {
    return limited('multiple_of', `Input should be a multiple of ${multipleOf}`, 'multiple_of', multipleOf)
  },
}

function valueError(message: string): PydanticError {
  return { type: 'value_error', msg: `Value error, ${message}`, ctx: { error: {} } }
}

function typeError({ rules, value, keys }: Offence): PydanticError | undefined {
  const [type, ...others] = rules.type as readonly string[]
  if (type === undefined || others.length > 0) return undefined
  const unread = typeof value === 'string' && !(value.trim() !== '' && Number.isFinite(Number(value)))
  switch (type) {
    case 'integer':
      if (unread) return error('int_parsing', 'a valid integer, unable to parse string as an integer')
      if (typeof value === 'number' && !Number.isInteger(value)) {
        return error('int_from_float', 'a valid integer, got a number with a fractional part')
      }
      return error('int_type', 'a valid integer')
    case 'number':
      if (unread) return error('float_parsing', 'a valid number, unable to parse string as a number')
      return error('float_type', 'a valid number')
    case 'boolean':
      if (typeof value === 'string') return error('bool_parsing', 'a valid boolean, unable to interpret input')
      return error('bool_type', 'a valid boolean')
    case 'string':
      return error('string_type', 'a valid string')
    case 'array':
      return error('list_type', 'a valid list')
    case 'null':
      return error('none_required', 'None')
    case 'object':
      if (keys.length === 0 || rules.properties !== undefined) {
        return error('model_attributes_type', 'a valid dictionary or object to extract fields from')
      }
      return error('dict_type', 'a valid dictionary')
    default:
      return undefined
  }
}

function error(type: string, wanted: string): PydanticError {
  return { type, msg: `Input should be ${wanted}` }
}

function choiceError({ rules }: Offence): PydanticError | undefined {
  const values = rules.const === undefined ? rules.enum : [rules.const]
  if (!Array.isArray(values)) return undefined
  const texts = values.map((each) => (typeof each === 'string' ? `'${each}'` : String(each)))
  const last = texts.at(-1) ?? ''
  const expected = texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} or ${last}`
  return {
    type: rules.const === undefined ? 'enum' : 'literal_error',
    msg: `Input should be ${expected}`,
    ctx: { expected },
  }
}

const formats: Readonly<Record<string, readonly [type: string, wanted: string]>> = {
  date: ['date_from_datetime_parsing', 'a valid date or datetime'],
  'date-time': ['datetime_from_date_parsing', 'a valid datetime or date'],
  time: ['time_parsing', 'in a valid time format'],
  uri: ['url_parsing', 'a valid URL'],
  uuid: ['uuid_parsing', 'a valid UUID'],
}

function formatError({ rules, finding }: Offence): PydanticError | undefined {
  const { format, pattern } = rules
  const known = typeof format === 'string' ? formats[format] : undefined
  if (known !== undefined) {
    const [type, wanted] = known
    return { type, msg: `Input should be ${wanted}, ${finding.message}`, ctx: { error: finding.message } }
  }
  if (format === 'email') return { ...valueError(''), msg: 'value is not a valid email address' }
  if (typeof pattern !== 'string') return undefined
  return limited('string_pattern_mismatch', `String should match pattern '${pattern}'`, 'pattern', pattern)
}

type Rules = Offence['rules']

function tooSmall(rules: Rules, value: unknown): PydanticError | undefined {
  if (typeof value === 'string') return shortOrLong('string_too_short', 'at least', 'min_length', rules.minLength)
  if (Array.isArray(value)) return listSize('too_short', 'at least', 'min_length', rules.minItems, value)
  const { exclusiveMinimum: gt, minimum: ge } = rules
  if (typeof gt === 'number' && Number(value) <= gt) {
    return limited('greater_than', `Input should be greater than ${gt}`, 'gt', gt)
  }
  return limited('greater_than_equal', `Input should be greater than or equal to ${ge}`, 'ge', ge)
}

function tooBig(rules: Rules, value: unknown): PydanticError | undefined {
  if (typeof value === 'string') return shortOrLong('string_too_long', 'at most', 'max_length', rules.maxLength)
  if (Array.isArray(value)) return listSize('too_long', 'at most', 'max_length', rules.maxItems, value)
  const { exclusiveMaximum: lt, maximum: le } = rules
  if (typeof lt === 'number' && Number(value) >= lt) {
    return limited('less_than', `Input should be less than ${lt}`, 'lt', lt)
  }
  return limited('less_than_equal', `Input should be less than or equal to ${le}`, 'le', le)
}

function shortOrLong(type: string, bound: string, name: string, limit: unknown): PydanticError | undefined {
  return limited(type, `String should have ${bound} ${limit} ${limit === 1 ? 'character' : 'characters'}`, name, limit)
}

function listSize(
  type: string,
  bound: string,
  name: string,
  limit: unknown,
  list: readonly unknown[],
): PydanticError | undefined {
  const items = limit === 1 ? 'item' : 'items'
  const made = limited(
    type,
    `List should have ${bound} ${limit} ${items} after validation, not ${list.length}`,
    name,
    limit,
  )
  return made && { ...made, ctx: { field_type: 'List', ...made.ctx, actual_length: list.length } }
}

function limited(type: string, msg: string, name: string, limit: unknown): PydanticError | undefined {
  return limit === undefined ? undefined : { type, msg, ctx: { [name]: limit } }
}
