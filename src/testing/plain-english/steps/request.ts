import { millisecondsOf } from '../milliseconds.ts'
import type { BodyFormat } from '../request-draft.ts'
import { type Step, step } from '../step.ts'
import { nameDateFormat } from '../values/dates.ts'

const formats: Readonly<Record<string, BodyFormat>> = {
  json: 'json',
  xml: 'xml',
  raw: 'raw',
  form: 'form',
  post: 'form',
}

/** Where a request goes, and how it is sent. */
export const requestSteps: readonly Step[] = [
  step({
    phrase: 'address {text}',
    summary: 'The base address of the API; the one under test if no step gives it.',
    example:
      'Given address "http://localhost:17010"\nAnd URL path "/get"\nWhen the URL is invoked\nThen status is "200"',
    run: ({ request, hide }, address) => {
      if (URL.canParse(address)) hide(decodeURIComponent(new URL(address).password))
      request.address = address
    },
  }),
  step({
    phrase: 'URL path {text}',
    summary: 'The path of the request, `/` if no step gives it. An address in full goes where it says.',
    example: 'Given URL path "/status/204"\nWhen the URL is invoked\nThen status is "204"',
    run: ({ request }, path) => {
      request.path = path
    },
  }),
  step({
    phrase: 'REST method {text}',
    also: ['HTTP method {text}'],
    summary: 'The method of the request, GET if no step gives it.',
    example: 'Given REST method "DELETE"\nAnd URL path "/delete"\nWhen the URL is invoked\nThen status is "200"',
    run: ({ request }, method) => {
      if (!/^[\w!#$%&'*+.^`|~-]+$/.test(method)) throw new Error(`"${method}" is no method: write it as in "POST"`)
      const upper = method.toUpperCase()
      request.method = upper
    },
  }),
  step({
    phrase: 'query string {text}',
    summary: 'The query of the request as it is, with its `?` or without.',
    example: 'Given URL path "/get"\nAnd query string "?a=1&b=2"\nWhen the URL is invoked\nThen path "/args/b" is "2"',
    run: ({ request }, query) => {
      request.query = query
    },
  }),
  step({
    phrase: 'query parameter {text} is {text}',
    also: ['query param {text} is {text}'],
    summary: 'Adds a parameter to the query, encoded; the same name again sends both.',
    example:
      'Given URL path "/get"\nAnd query parameter "name" is "Ann & Bob"\nWhen the URL is invoked\n' +
      'Then path "/args/name" is "Ann & Bob"',
    run: ({ request }, name, value) => {
      request.queryParameters.push([name, value])
    },
  }),
  step({
    phrase: 'format {text}',
    summary: 'The format of the request, and of the response where it says no other: JSON, XML, FORM or RAW.',
    example:
      'Given format "JSON"\nAnd REST method "POST"\nAnd URL path "/post"\nAnd request is "{"a": 1}"\n' +
      'When the URL is invoked\nThen path "/json/a" is an integer "1"',
    run: ({ request }, format) => {
      request.format = formatOf(format)
    },
  }),
  step({
    phrase: 'request format {text}',
    summary: 'The format of the request alone: JSON, XML, FORM or RAW.',
    example:
      'Given request format "RAW"\nAnd REST method "POST"\nAnd URL path "/post"\nAnd request is "Hello"\n' +
      'When the URL is invoked\nThen path "/data" is "Hello"',
    run: ({ request }, format) => {
      request.requestFormat = formatOf(format)
    },
  }),
  step({
    phrase: 'response format {text}',
    summary: 'How the response is read: JSON, XML, FORM or RAW.',
    example:
      'Given response format "RAW"\nAnd URL path "/status/402"\nWhen the URL is invoked\nThen the response contains "Payment"',
    run: ({ request }, format) => {
      request.responseFormat = formatOf(format)
    },
  }),
  step({
    phrase: 'date format {text} {text}',
    summary: 'Gives a date format a name, for the steps that write and read dates.',
    example: 'Given date format "day" "YYYY-MM-DD"\nAnd I store a random date under "day", format "day"',
    run: (world, name, tokens) => nameDateFormat(world, name, tokens),
  }),
  step({
    phrase: 'timeout {text}',
    also: ['the timeout is {text}'],
    summary: 'How long a whole response may take, redirects included; 30 seconds if no step says it.',
    example: 'Given timeout "5 seconds"\nAnd URL path "/get"\nWhen the URL is invoked\nThen status is "200"',
    run: ({ request }, duration) => {
      const limit = millisecondsOf(duration)
      if (!(limit > 0 && limit < 2 ** 31))
        throw new Error(`The timeout "${duration}" is out of range: give at least "1 millisecond"`)
      request.timeout = limit
    },
  }),
]

function formatOf(text: string): BodyFormat {
  const format = formats[text.trim().toLowerCase()]
  if (format === undefined) throw new Error(`"${text}" is no format: write "JSON", "XML", "FORM" or "RAW"`)
  return format
}
