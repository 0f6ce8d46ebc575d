import { expect } from '../expectation.ts'
import { type Step, step } from '../step.ts'
import { listOf } from '../values/list-text.ts'

const classes = {
  'a success': '2xx',
  'a redirect': '3xx',
  'a client error': '4xx',
  'a server error': '5xx',
} as const

/** Checks of the status. */
export const statusSteps: readonly Step[] = [
  step({
    phrase: 'status is {text}',
    also: ['the status is {text}'],
    kind: 'check',
    summary: 'The status of the response is this number, or one of a class such as `2xx`.',
    example: 'Given URL path "/status/404"\nWhen the URL is invoked\nThen status is "404"',
    run: ({ reply: { status } }, expected) => {
      expect(fits(status, expected), `status is ${status}, not ${expected}`, {
        expected: shown(expected),
        found: status,
      })
    },
  }),
  step({
    phrase: 'status is {int}',
    also: ['the status is {int}'],
    kind: 'check',
    summary: 'The same without quotes.',
    example: 'Given URL path "/status/404"\nWhen the URL is invoked\nThen status is 404',
    run: ({ reply: { status } }, expected) => {
      expect(fits(status, String(expected)), `status is ${status}, not ${expected}`, { expected, found: status })
    },
  }),
  step({
    phrase: 'status is not {text}',
    also: [`status isn't {text}`, 'the status is not {text}'],
    kind: 'check',
    summary: 'The status is another one, or of another class.',
    example: 'Given URL path "/status/404"\nWhen the URL is invoked\nThen status is not "5xx"',
    run: ({ reply: { status } }, unexpected) => {
      expect(!fits(status, unexpected), `status is ${status}, but should not be ${unexpected}`)
    },
  }),
  step({
    phrase: 'status is one of {text}',
    also: ['the status is one of {text}'],
    kind: 'check',
    summary: 'The status is one of a list.',
    example: 'Given URL path "/status/201"\nWhen the URL is invoked\nThen status is one of "200, 201"',
    run: ({ reply: { status } }, list) => {
      const all = listOf(list)
      expect(
        all.map((each) => fits(status, each)).includes(true),
        `status is ${status}, not one of ${all.join(', ')}`,
        {
          expected: all.map(shown),
          found: status,
        },
      )
    },
  }),
  ...Object.entries(classes).map(([name, range]) =>
    step({
      phrase: `status is ${name}`,
      also: [`the status is ${name}`],
      kind: 'check',
      summary: `The status is one of ${range}.`,
      example:
        range === '3xx'
          ? 'Given redirects are not followed\nAnd URL path "/status/302"\nWhen the URL is invoked\nThen status is a redirect'
          : `Given URL path "/status/${range.charAt(0)}00"\nWhen the URL is invoked\nThen status is ${name}`,
      run: ({ reply: { status } }) => {
        expect(fits(status, range), `status is ${status}, which is not ${name}`, { expected: range, found: status })
      },
    }),
  ),
]

/** Whether a status is the one, or of the class, that a text says. @throws Error when the text says neither */
function fits(status: number, text: string): boolean {
  const expected = text.trim().toLowerCase()
  if (/^[1-5]xx$/.test(expected)) return String(status).startsWith(expected.charAt(0))
  if (/^[1-9]\d\d$/.test(expected)) return status === Number(expected)
  throw new Error(`"${text}" is no status: write three digits, or a class such as "2xx"`)
}

function shown(expected: string): string | number {
  return /^\d+$/.test(expected.trim()) ? Number(expected) : expected
}
