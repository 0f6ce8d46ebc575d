import { docString, expectJson } from '../checks/equality.ts'
import { expect } from '../expectation.ts'
import { without } from '../paths/change.ts'
import { find } from '../paths/find.ts'
import { type Step, step } from '../step.ts'
import { isAsExpected } from '../values/expected-json.ts'
import { givenJsonFile } from '../values/given-file.ts'
import { givenJson } from '../values/given-json.ts'
import { listOf } from '../values/list-text.ts'
import { replyJson } from '../values/reply-json.ts'
import { shown } from '../values/shown.ts'
import { filledIn, textOf } from '../variables.ts'
import type { World } from '../world.ts'

const ask = (json: string): readonly string[] => [
  'Given REST method "POST"',
  'And URL path "/anything"',
  `And path "" in request is JSON "${json}"`,
  'When the URL is invoked',
]
const agent = 'Given URL path "/user-agent"\nWhen the URL is invoked\n'
const whole = 'Given URL path "/get?a=1"\nWhen the URL is invoked\n'

/** Checks of a whole response. */
export const jsonWholeSteps: readonly Step[] = [
  step({
    phrase: 'JSON response exists',
    kind: 'check',
    summary: 'The response is JSON, and neither null nor empty.',
    example: `${whole}Then JSON response exists`,
    run: ({ reply }) => {
      expect(reply.text.trim() !== '', 'the response is empty')
      const data = replyJson(reply)
      expect(hasContent(data), `the response is ${shown(data)}, which is empty`)
    },
  }),
  step({
    phrase: 'JSON response does not exist',
    also: ["JSON response doesn't exist"],
    kind: 'check',
    summary: 'The response is empty, or JSON with nothing in it.',
    example: 'Given URL path "/status/204"\nWhen the URL is invoked\nThen JSON response does not exist',
    run: ({ reply }) => {
      const isEmpty = reply.text.trim() === '' || !hasContent(replyJson(reply))
      expect(isEmpty, `the response is ${shown(reply.text)}, not empty`)
    },
  }),
  step({
    phrase: 'JSON response is equal to {name}',
    kind: 'check',
    summary: 'The response equals this JSON; neither spaces nor the order of members matter, types do.',
    example:
      'Given URL path "/user-agent"\nWhen the URL is invoked\nThen JSON response is equal to "{"user-agent": "<any string>"}"',
    run: (world, json) => expectJson(response(world), givenJson(world, json)),
  }),
  step({
    phrase: 'JSON response is equal to',
    also: ['the JSON response is equal to', 'the response is equal to', 'response is equal to'],
    kind: 'check',
    summary:
      'The response equals the JSON of the doc string, where `<any string>`, `<any integer>`, `<anything>` stand for any.',
    example: `${whole.replace('/get?a=1', '/user-agent')}Then JSON response is equal to\n  """\n  {"user-agent": "<any string>"}\n  """`,
    run: (world) => expectJson(response(world), givenJson(world, docString({ world }))),
  }),
  step({
    phrase: 'JSON response is equal to, ignoring {value}',
    also: ['the response is equal to, ignoring {value}'],
    kind: 'check',
    summary: 'The response equals the JSON of the doc string, but for the paths of a list.',
    example: [
      ...ask('{"a": 1}'),
      'Then JSON response is equal to, ignoring "$.headers, /origin, /url, /data"',
      '  """',
      '  {"args": {}, "files": {}, "form": {}, "json": {"a": 1}, "method": "POST"}',
      '  """',
    ].join('\n'),
    run: (world, paths) => expectWithout(world, givenJson(world, docString({ world })), textOf(paths)),
  }),
  step({
    phrase: 'response is equal to {name}',
    also: ['the response is equal to {name}'],
    kind: 'check',
    summary: 'The response equals this: as JSON where both can be read as such, as text otherwise.',
    example:
      'Given URL path "/range/3"\nAnd response format "RAW"\nWhen the URL is invoked\nThen response is equal to "abc"',
    run: (world, text) => expectTextOrJson(world, text),
  }),
  step({
    phrase: 'response is equal to that from {text}',
    also: ['JSON response is equal to that from {text}', 'the response is equal to that from {text}'],
    kind: 'check',
    summary: 'The response equals the JSON of a file, in the folder `json/response` or beside the feature.',
    example: `${agent}Then response is equal to that from "user-agent.json"`,
    run: async (world, file) => expectJson(response(world), await givenJsonFile(world, file)),
  }),
  step({
    phrase: 'response is equal to that from {text}, ignoring {value}',
    also: ['the response is equal to that from {text}, ignoring {value}'],
    kind: 'check',
    summary: 'The response equals the JSON of a file, but for the paths of a list.',
    example: `${agent}Then response is equal to that from "user-agent.json", ignoring "/user-agent"`,
    run: async (world, file, paths) => expectWithout(world, await givenJsonFile(world, file), textOf(paths)),
  }),
  step({
    phrase: 'JSON response contains',
    also: ['the JSON response contains'],
    kind: 'check',
    summary: 'The response has at least what the JSON of the doc string has, however deep.',
    example: `${whole}Then JSON response contains\n  """\n  {"args": {"a": "1"}}\n  """`,
    run: (world) => {
      const { name, value } = response(world)
      const expected = givenJson(world, docString({ world }))
      const message = `${name} is ${shown(value)}, which lacks some of ${shown(expected)}`
      expect(isAsExpected(value, expected, { isPartial: true }), message, { expected, found: value })
    },
  }),
]

function response({ reply }: World): { readonly name: string; readonly value: unknown } {
  return { name: 'the response', value: replyJson(reply) }
}

function expectWithout({ reply }: World, expected: unknown, paths: string): void {
  const ignored = listOf(paths)
  const rest = (value: unknown): unknown =>
    ignored.reduce((whole, path) => (find(whole, path).places.length === 0 ? whole : without(whole, path)), value)
  expectJson({ name: 'the response', value: rest(replyJson(reply)) }, rest(expected))
}

function expectTextOrJson(world: World, given: string): void {
  const json = readable(() => ({ value: givenJson(world, given) }))
  const data = readable(() => ({ value: replyJson(world.reply) }))
  if (json !== undefined && data !== undefined) {
    expectJson({ name: 'the response', value: data.value }, json.value)
    return
  }
  const [found, expected] = [world.reply.text, textOf(filledIn(given, world.variables))]
  expect(found === expected, `the response is ${shown(found)}, not ${shown(expected)}`, { expected, found })
}

/** What cannot be read as JSON is compared as text. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

function hasContent(value: unknown): boolean {
  if (value === null || value === '') return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}
