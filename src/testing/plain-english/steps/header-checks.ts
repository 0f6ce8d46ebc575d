import { expect } from '../expectation.ts'
import type { Reply } from '../reply.ts'
import { type Step, step } from '../step.ts'
import { listOf } from '../values/list-text.ts'
import { patternOf } from './pattern.ts'

const invoked = 'Given URL path "/etag/abc"\nWhen the URL is invoked\n'

/** Checks of the headers of the response, each with or without `HTTP` in front. */
export const headerCheckSteps: readonly Step[] = [
  step({
    phrase: 'header {text} is {text}',
    also: ['HTTP header {text} is {text}'],
    kind: 'check',
    summary: 'The header is there, and is exactly this.',
    example: `${invoked}Then header "ETag" is ""abc""`,
    run: ({ reply }, name, expected) => {
      const found = headerOf(reply, name)
      expect(found === expected, `header "${name}" is "${found}", not "${expected}"`, { expected, found })
    },
  }),
  step({
    phrase: 'header {text} is not {text}',
    also: negated('header {text}', 'is', '{text}'),
    kind: 'check',
    summary: 'The header is there, and is something else.',
    example: `${invoked}Then header "ETag" is not "abc"`,
    run: ({ reply }, name, unexpected) => {
      expect(headerOf(reply, name) !== unexpected, `header "${name}" is "${unexpected}", but should not be`)
    },
  }),
  ...contents('contains', 'contain', 'has this text in it', '"abc"', 'xyz', (found, text) => found.includes(text)),
  ...contents('starts with', 'start with', 'begins with this text', '"a', 'x', (found, text) => found.startsWith(text)),
  ...contents('ends with', 'end with', 'ends with this text', 'c"', 'x', (found, text) => found.endsWith(text)),
  ...contents('matches', 'match', 'fits a regular expression', '^.[a-c]+.$', '^x', (found, text) => {
    return patternOf(text).test(found)
  }),
  step({
    phrase: 'header {text} exists',
    also: ['HTTP header {text} exists'],
    kind: 'check',
    summary: 'The response has the header.',
    example: `${invoked}Then header "ETag" exists`,
    run: ({ reply }, name) => void headerOf(reply, name),
  }),
  step({
    phrase: 'header {text} does not exist',
    also: negated('header {text}', 'does', 'exist'),
    kind: 'check',
    summary: 'The response has no such header.',
    example: `${invoked}Then header "X-Powered-By" does not exist`,
    run: ({ reply: { headers } }, name) => {
      expect(!headers.has(name), `header "${name}" is "${headers.get(name)}", but should not be there`)
    },
  }),
  step({
    phrase: 'header {text} is empty',
    also: ['HTTP header {text} is empty'],
    kind: 'check',
    summary: 'The header is there, and says nothing.',
    example: 'Given URL path "/response-headers?X-None="\nWhen the URL is invoked\nThen header "X-None" is empty',
    run: ({ reply }, name) => {
      const found = headerOf(reply, name)
      expect(found === '', `header "${name}" is "${found}", but should be empty`, { expected: '', found })
    },
  }),
  step({
    phrase: 'header {text} is not empty',
    also: negated('header {text}', 'is', 'empty'),
    kind: 'check',
    summary: 'The header is there, and says something.',
    example: `${invoked}Then header "ETag" is not empty`,
    run: ({ reply }, name) => expect(headerOf(reply, name) !== '', `header "${name}" is empty`),
  }),
  step({
    phrase: 'header {text} is one of {text}',
    also: ['HTTP header {text} is one of {text}'],
    kind: 'check',
    summary: 'The header is one of a list.',
    example:
      'Given URL path "/get"\nWhen the URL is invoked\nThen header "Content-Type" is one of "application/json, text/plain"',
    run: ({ reply }, name, list) => {
      const found = headerOf(reply, name)
      const expected = listOf(list)
      expect(expected.includes(found), `header "${name}" is "${found}", not one of ${expected.join(', ')}`, {
        expected,
        found,
      })
    },
  }),
]

/** The other spellings of a negation: `is not` and `isn't`, with `HTTP` in front and without. */
function negated(subject: string, verb: 'is' | 'does', rest: string): readonly string[] {
  return [`${subject} ${verb}n't ${rest}`, `HTTP ${subject} ${verb} not ${rest}`, `HTTP ${subject} ${verb}n't ${rest}`]
}

/** A check of what a header holds, and its opposite. */
function contents(
  verb: string,
  base: string,
  what: string,
  held: string,
  other: string,
  holds: (found: string, text: string) => boolean,
): readonly Step[] {
  return [
    step({
      phrase: `header {text} ${verb} {text}` as 'header {text} contains {text}',
      also: [`HTTP header {text} ${verb} {text}`],
      kind: 'check',
      summary: `The header is there, and ${what}.`,
      example: `${invoked}Then header "ETag" ${verb} "${held}"`,
      run: ({ reply }, name, text) => {
        const found = headerOf(reply, name)
        expect(holds(found, text), `header "${name}" is "${found}", which does not ${base} "${text}"`)
      },
    }),
    step({
      phrase: `header {text} does not ${base} {text}` as 'header {text} does not contain {text}',
      also: negated('header {text}', 'does', `${base} {text}`),
      kind: 'check',
      summary: `The header is there, and not so that it ${what}.`,
      example: `${invoked}Then header "ETag" does not ${base} "${other}"`,
      run: ({ reply }, name, text) => {
        const found = headerOf(reply, name)
        expect(!holds(found, text), `header "${name}" is "${found}", which should not ${base} "${text}"`)
      },
    }),
  ]
}

/** The value of a header, several of it in one text. @throws Expectation when it is not there */
function headerOf({ headers }: Reply, name: string): string {
  const value = headers.get(name)
  const names = [...new Set(headers.keys())].join(', ')
  const has = names === '' ? 'has no headers at all' : `has ${names}`
  expect(value !== null, `header "${name}" does not exist: the response ${has}`)
  return value
}
