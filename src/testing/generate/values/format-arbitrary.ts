import { type Arbitrary, constantFrom, integer, stringMatching, tuple, uuid } from 'fast-check'

const two = (from: number, to: number): Arbitrary<string> =>
  integer({ min: from, max: to }).map((number) => String(number).padStart(2, '0'))

const date = tuple(integer({ min: 1970, max: 2099 }), two(1, 12), two(1, 28)).map((parts) => parts.join('-'))
const time = tuple(two(0, 23), two(0, 59), two(0, 59)).map((parts) => parts.join(':'))
const host = stringMatching(/^[a-z]{1,8}\.(com|org|test)$/)
const byte = integer({ min: 1, max: 223 })
const path = stringMatching(/^[a-z0-9]{0,6}$/)

/** Plain texts of each format, which no careful reader refuses; what is rare and allowed is left to examples. */
const formats: Readonly<Record<string, Arbitrary<string>>> = {
  date,
  time: time.map((text) => `${text}Z`),
  'date-time': tuple(date, time).map(([day, at]) => `${day}T${at}Z`),
  duration: constantFrom('PT1S', 'PT1H30M', 'P1D', 'P1Y2M3DT4H5M6S'),
  email: tuple(stringMatching(/^[a-z][a-z0-9]{0,8}$/), host).map((parts) => parts.join('@')),
  hostname: host,
  ipv4: tuple(byte, byte, byte, byte).map((parts) => parts.join('.')),
  ipv6: constantFrom('::1', '2001:db8::1', 'fe80::1:2', '2001:db8:0:1:1:1:1:1'),
  uuid: uuid({ version: [4, 7] }),
  uri: tuple(host, path).map(([name, rest]) => `https://${name}/${rest}`),
  url: tuple(host, path).map(([name, rest]) => `https://${name}/${rest}`),
  iri: tuple(host, path).map(([name, rest]) => `https://${name}/${rest}`),
  'uri-reference': path.map((rest) => `/${rest}`),
  'json-pointer': path.map((rest) => `/${rest}`),
  regex: constantFrom('^a+$', '[0-9]{2}'),
  byte: constantFrom('', 'YQ==', 'YWI=', 'YWJj'),
}

/** Texts of a format; nothing for a format that is not known. */
export function formatted(format: unknown): Arbitrary<string> | undefined {
  return typeof format === 'string' ? formats[format] : undefined
}
