import { expect } from '../expectation.ts'
import { mediaType, type Reply } from '../reply.ts'
import { type Step, step } from '../step.ts'
import { parseXml } from '../xml/xml-document.ts'
import { patternOf } from './pattern.ts'

const got = 'Given URL path "/get"\nWhen the URL is invoked\n'
const tea = 'Given URL path "/status/418"\nWhen the URL is invoked\n'
const units: Readonly<Record<string, number>> = {
  '': 1,
  byte: 1,
  bytes: 1,
  b: 1,
  kb: 1000,
  kib: 1024,
  mb: 1e6,
  mib: 2 ** 20,
  gb: 1e9,
  gib: 2 ** 30,
}

/** Checks of the body as a whole. */
export const responseSteps: readonly Step[] = [
  step({
    phrase: 'the content type is {text}',
    also: ['content type is {text}'],
    kind: 'check',
    summary: 'The media type of the response, without its parameters if none are given.',
    example: `${got}Then the content type is "application/json"`,
    run: ({ reply }, expected) => {
      const found = expected.includes(';') ? (reply.headers.get('content-type') ?? '') : mediaType(reply)
      const isEqual = found.toLowerCase().replaceAll(' ', '') === expected.toLowerCase().replaceAll(' ', '')
      expect(isEqual, `the content type is "${found}", not "${expected}"`, { expected, found })
    },
  }),
  step({
    phrase: 'the response is JSON',
    kind: 'check',
    summary: 'The response says that it is JSON, and is.',
    example: `${got}Then the response is JSON`,
    run: ({ reply }) => {
      checkType(reply, /[/+]json$/, 'JSON')
      parseJson(reply.text)
    },
  }),
  step({
    phrase: 'the response is XML',
    kind: 'check',
    summary: 'The response says that it is XML, and is well formed.',
    example: 'Given URL path "/xml"\nWhen the URL is invoked\nThen the response is XML',
    run: ({ reply }) => {
      checkType(reply, /[/+]xml$/, 'XML')
      parseXml(reply.text, 'the response')
    },
  }),
  step({
    phrase: 'the response is text',
    kind: 'check',
    summary: 'The response says that it is text of some kind, such as `text/plain`.',
    example: `${tea}Then the response is text`,
    run: ({ reply }) => checkType(reply, /^text\//, 'text'),
  }),
  step({
    phrase: 'the response is empty',
    also: ['response is empty'],
    kind: 'check',
    summary: 'The response has no body.',
    example: 'Given URL path "/status/204"\nWhen the URL is invoked\nThen the response is empty',
    run: ({ reply }) => {
      expect(reply.bytes.length === 0, `the response is not empty: ${sizeOf(reply)}, ${start(reply)}`)
    },
  }),
  step({
    phrase: 'the response is not empty',
    also: ['response is not empty', `the response isn't empty`],
    kind: 'check',
    summary: 'The response has a body.',
    example: `${got}Then the response is not empty`,
    run: ({ reply }) => expect(reply.bytes.length > 0, 'the response is empty'),
  }),
  step({
    phrase: 'the response contains {text}',
    also: ['response contains {text}'],
    kind: 'check',
    summary: 'The text of the response has this in it.',
    example: `${tea}Then the response contains "TEAPOT"`,
    run: ({ reply }, text) => {
      expect(reply.text.includes(text), `the response does not contain "${text}": ${start(reply)}`)
    },
  }),
  step({
    phrase: 'the response does not contain {text}',
    also: ['response does not contain {text}', `the response doesn't contain {text}`],
    kind: 'check',
    summary: 'The text of the response does not have this in it.',
    example: `${tea}Then the response does not contain "COFFEE"`,
    run: ({ reply }, text) => {
      expect(!reply.text.includes(text), `the response contains "${text}", but should not`)
    },
  }),
  step({
    phrase: 'the response matches {text}',
    also: ['response matches {text}'],
    kind: 'check',
    summary: 'A regular expression fits some part of the text of the response.',
    example: `${tea}Then the response matches "TEA(POT)?"`,
    run: ({ reply }, pattern) => {
      expect(patternOf(pattern).test(reply.text), `the response does not match "${pattern}": ${start(reply)}`)
    },
  }),
  step({
    phrase: 'the response is smaller than {text}',
    also: ['response is smaller than {text}'],
    kind: 'check',
    summary: 'The body, decoded, has fewer bytes: `500 bytes`, `10 kB`, `1 MB`.',
    example: 'Given URL path "/bytes/100"\nWhen the URL is invoked\nThen the response is smaller than "1 kB"',
    run: ({ reply }, limit) => {
      expect(reply.bytes.length < bytesOf(limit), `the response has ${sizeOf(reply)}, not less than ${limit}`)
    },
  }),
  step({
    phrase: 'the response is larger than {text}',
    also: ['response is larger than {text}'],
    kind: 'check',
    summary: 'The body, decoded, has more bytes.',
    example: 'Given URL path "/bytes/100"\nWhen the URL is invoked\nThen the response is larger than "99 bytes"',
    run: ({ reply }, limit) => {
      expect(reply.bytes.length > bytesOf(limit), `the response has ${sizeOf(reply)}, not more than ${limit}`)
    },
  }),
  step({
    phrase: 'the response size is {text}',
    also: ['response size is {text}'],
    kind: 'check',
    summary: 'The body, decoded, has exactly so many bytes.',
    example: 'Given URL path "/bytes/100"\nWhen the URL is invoked\nThen the response size is "100"',
    run: ({ reply }, size) => {
      const [expected, found] = [bytesOf(size), reply.bytes.length]
      expect(found === expected, `the response has ${sizeOf(reply)}, not ${size}`, { expected, found })
    },
  }),
]

function checkType(reply: Reply, type: RegExp, name: string): void {
  const found = mediaType(reply)
  const says = found === '' ? 'does not say what it is' : `says that it is "${found}"`
  expect(type.test(found), `the response is not ${name}: its header "Content-Type" ${says}`)
}

function parseJson(text: string): void {
  try {
    JSON.parse(text)
  } catch (error) {
    expect(false, `the response says that it is JSON, but is not: ${messageOf(error)}`)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** How a body begins, for messages. */
function start({ text }: Reply): string {
  if (text === '') return 'it is empty'
  return `it is ${JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)}`
}

function sizeOf({ bytes }: Reply): string {
  return `${bytes.length} ${bytes.length === 1 ? 'byte' : 'bytes'}`
}

function bytesOf(text: string): number {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim()) ?? []
  const size = units[unit.toLowerCase()]
  if (amount === '' || size === undefined)
    throw new Error(`"${text}" is no size: write it as in "500 bytes" or "10 kB"`)
  return Number(amount) * size
}
