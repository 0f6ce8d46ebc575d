/** What validators call a type, and what a client is told that a value must be. */
const types: Readonly<Record<string, string>> = {
  array: 'a list',
  bigint: 'an integer',
  boolean: 'true or false',
  date: 'a date',
  file: 'a file',
  int: 'an integer',
  integer: 'an integer',
  null: 'null',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a string',
  tuple: 'a list',
}

/** `must be a string`: says which type is wanted. */
export function mustBeType(type: string): string {
  if (type === 'never' || type === 'undefined' || type === 'void') return 'must be left out'
  return `must be ${types[type] ?? `of the type ${type}`}`
}

const formats: Readonly<Record<string, string>> = {
  base64: 'base64',
  base64url: 'base64url',
  cidrv4: 'an IPv4 range such as 10.0.0.0/8',
  cidrv6: 'an IPv6 range such as 2001:db8::/32',
  date: 'a date such as 2030-12-31',
  'date-time': 'a date and time such as 2030-12-31T23:59:59Z',
  datetime: 'a date and time such as 2030-12-31T23:59:59Z',
  duration: 'a duration such as P1DT12H',
  e164: 'a phone number such as +14155550123',
  email: 'an email address',
  guid: 'a UUID',
  hostname: 'a host name',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  json_string: 'JSON',
  jwt: 'a JSON Web Token',
  lowercase: 'in lower case',
  time: 'a time such as 23:59:59',
  uppercase: 'in upper case',
  uri: 'a URL',
  url: 'a URL',
  uuid: 'a UUID',
}

/** `must be an email address`: says which format is wanted. */
export function mustBeFormat(format: string): string {
  return `must be ${formats[format] ?? `a valid ${format.replaceAll('_', ' ')}`}`
}

/** `must match the pattern ^a`: says which pattern is wanted; takes the source of an expression, or it between slashes. */
export function mustMatch(pattern: string): string {
  return `must match the pattern ${pattern.replace(/^\/(.*)\/[a-z]*$/s, '$1')}`
}

/** `must be one of "a", "b"`: says which values are allowed. */
export function mustBeOneOf(values: readonly unknown[]): string {
  const texts = values.map((value) => JSON.stringify(value) ?? String(value))
  return texts.length === 1 ? `must be ${texts[0]}` : `must be one of ${texts.join(', ')}`
}

/** What sizes are counted in, by what has them; numbers and dates have none. */
const units: Readonly<Record<string, readonly [one: string, many: string]>> = {
  array: ['item', 'items'],
  file: ['byte', 'bytes'],
  map: ['entry', 'entries'],
  object: ['member', 'members'],
  set: ['item', 'items'],
  string: ['character', 'characters'],
}

export type Bound = 'least' | 'most' | 'more' | 'less' | 'exactly'

const bounds: Readonly<Record<Bound, readonly [size: string, value: string]>> = {
  least: ['at least', 'at least'],
  most: ['at most', 'at most'],
  more: ['more than', 'more than'],
  less: ['fewer than', 'less than'],
  exactly: ['exactly', 'exactly'],
}

/** `must have at least 3 characters`, `must be at most 10`: says which size or value is wanted. */
export function mustReach(bound: Bound, of: string, limit: unknown): string {
  const [size, value] = bounds[bound]
  const unit = units[of]
  if (unit !== undefined) return `must have ${size} ${limit} ${limit === 1 ? unit[0] : unit[1]}`
  return `must be ${value} ${of === 'date' ? new Date(Number(limit)).toISOString() : limit}`
}
