import { expect } from '../expectation.ts'
import { filledFrom, isAsExpected } from '../values/expected-json.ts'
import { givenJsonFile } from '../values/given-file.ts'
import { givenJson } from '../values/given-json.ts'
import { givenList } from '../values/list-text.ts'
import { pythonLiteral } from '../values/python-literal.ts'
import { isAsGiven, isEqual } from '../values/same.ts'
import { shown, shownWithKind } from '../values/shown.ts'
import { type Check, check, type Subject } from './check.ts'

/** Checks of what a value is equal to. */
export const equalityChecks: readonly Check[] = [
  check({
    phrase: 'is {value}',
    also: ['is equal to {value}'],
    summary: 'It is this text, or a number or boolean that is written so; a reference alone compares with its type.',
    on: '"John Doe"',
    says: 'is "John Doe"',
    run: ({ name, value }, given) => {
      expect(isAsGiven(value, given), `${name} is ${shown(value)}, not ${shown(given)}`, {
        expected: given,
        found: value,
      })
    },
  }),
  check({
    phrase: 'is not {value}',
    also: ["isn't {value}"],
    summary: 'It exists, and is something else.',
    on: '"John Doe"',
    says: 'is not "Jane Roe"',
    run: ({ name, value }, given) => {
      expect(!isAsGiven(value, given), `${name} is ${shown(value)}, which it must not be`)
    },
  }),
  check({
    phrase: 'is a string {text}',
    summary: 'It is this text, and no number that is written so.',
    on: '"30"',
    says: 'is a string "30"',
    run: ({ name, value }, given) => {
      expect(value === given, `${name} is ${shownWithKind(value)}, not the text ${shown(given)}`, {
        expected: given,
        found: value,
      })
    },
  }),
  check({
    phrase: 'is not a string {text}',
    also: ["isn't a string {text}"],
    summary: 'It exists, and is another text, or no text.',
    on: '30',
    says: 'is not a string "30"',
    run: ({ name, value }, given) => {
      expect(value !== given, `${name} is the text ${shown(given)}, which it must not be`)
    },
  }),
  check({
    phrase: 'is {value} \\(with literal_eval\\)',
    summary: 'It equals a literal of Python: a number, text in quotes, list, dict, True, False or None, with its type.',
    on: '{"a": [1, true, null]}',
    says: 'is "{\'a\': [1, True, None]}" (with literal_eval)',
    run: (subject, given) => expectJson(subject, typeof given === 'string' ? pythonLiteral(given) : given),
  }),
  check({
    phrase: 'is JSON {name}',
    summary:
      'It equals this JSON with all types; the order of members does not matter. `<any string>` and the like stand for any.',
    on: '{"id": 7, "tags": ["a"]}',
    says: 'is JSON "{"tags": ["a"], "id": "<any integer>"}"',
    run: (subject, text) => expectJson(subject, givenJson(subject.world, text)),
  }),
  check({
    phrase: 'is JSON',
    summary: 'It equals the JSON of the doc string.',
    on: '{"id": 7}',
    says: 'is JSON\n  """\n  {"id": 7}\n  """',
    run: (subject) => expectJson(subject, givenJson(subject.world, docString(subject))),
  }),
  check({
    phrase: 'is JSON equal to that from {text}',
    summary: 'It equals the JSON of a file, in the folder `json/response` or beside the feature.',
    on: '{"name": "John Doe", "department": "HR"}',
    says: 'is JSON equal to that from "employee.json"',
    run: async (subject, file) => expectJson(subject, await givenJsonFile(subject.world, file)),
  }),
  check({
    phrase: 'contains the members',
    summary: 'It has at least what the JSON of the doc string has, however deep; lists may have more items.',
    on: '{"id": 7, "name": "John Doe"}',
    says: 'contains the members\n  """\n  {"name": "John Doe"}\n  """',
    run: ({ name, value, world }) => {
      const expected = givenJson(world, docString({ world }))
      const message = `${name} is ${shown(value)}, which lacks some of ${shown(expected)}`
      expect(isAsExpected(value, expected, { isPartial: true }), message, { expected, found: value })
    },
  }),
  check({
    phrase: 'is one of {value}',
    summary: 'It is one of a list of texts, separated by commas, or of a list that was stored.',
    on: '"open"',
    says: 'is one of "open, paid, sent"',
    run: ({ name, value }, given) => {
      const list = givenList(given)
      const isIn = list.some((each) => isAsGiven(value, each))
      expect(isIn, `${name} is ${shown(value)}, not one of ${listed(list)}`, { expected: list, found: value })
    },
  }),
  check({
    phrase: 'is not one of {value}',
    also: ["isn't one of {value}"],
    summary: 'It exists, and is none of a list.',
    on: '"open"',
    says: 'is not one of "paid, sent"',
    run: ({ name, value }, given) => {
      const isIn = givenList(given).some((each) => isAsGiven(value, each))
      expect(!isIn, `${name} is ${shown(value)}, which it must not be`)
    },
  }),
  exactly('True', true),
  exactly('False', false),
  exactly('null', null),
  check({
    phrase: 'is not null',
    also: ["isn't null"],
    summary: 'It exists, and is something.',
    on: '0',
    says: 'is not null',
    run: ({ name, value }) => expect(value !== null, `${name} is null`),
  }),
  check({
    phrase: 'is empty',
    summary: 'It exists, and is a text, list or object with nothing in it, or null.',
    on: '""',
    says: 'is empty',
    run: ({ name, value }) => expect(isEmpty(value), `${name} is ${shown(value)}, not empty`),
  }),
  check({
    phrase: 'is not empty',
    also: ["isn't empty"],
    summary: 'It exists, and is no empty text, list or object, and not null.',
    on: '"x"',
    says: 'is not empty',
    run: ({ name, value }) => expect(!isEmpty(value), `${name} is empty: it is ${shown(value)}`),
  }),
]

/** Compares with types; placeholders stand for any value of a kind. */
export function expectJson({ name, value }: Pick<Subject, 'name' | 'value'>, expected: unknown): void {
  expect(isAsExpected(value, expected), `${name} is ${shown(value)}, not ${shown(expected)}`, {
    expected: filledFrom(value, expected),
    found: value,
  })
}

/** The doc string of the present step. @throws Error when it has none */
export function docString({ world }: Pick<Subject, 'world'>): string {
  if (world.docString !== undefined) return world.docString.content
  throw new Error('The step needs a doc string below it, between two lines of """')
}

function exactly(word: string, expected: boolean | null): Check {
  return check({
    phrase: `is ${word}`,
    also: word === 'null' ? ['is None'] : [`is ${word.toLowerCase()}`],
    summary: `It is ${String(expected)}, and neither a text nor a number.`,
    on: String(expected),
    says: `is ${word}`,
    run: ({ name, value }: Subject) => {
      expect(isEqual(value, expected), `${name} is ${shownWithKind(value)}, not ${String(expected)}`, {
        expected,
        found: value,
      })
    },
  })
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}

function listed(list: readonly unknown[]): string {
  return list.map(shown).join(', ')
}
