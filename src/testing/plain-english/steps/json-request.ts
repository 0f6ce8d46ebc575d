import { without, withValue } from '../paths/change.ts'
import { pathWords } from '../paths/find.ts'
import { requestFormat } from '../request-draft.ts'
import { type Step, step } from '../step.ts'
import { givenJson } from '../values/given-json.ts'
import { givenList } from '../values/list-text.ts'
import { pythonLiteral } from '../values/python-literal.ts'
import { jsonOrNothing } from '../values/same.ts'
import { type SetValue, setValue, textualValues } from '../values/set-values.ts'
import type { World } from '../world.ts'

const jsonValues: readonly SetValue[] = [
  ...textualValues,
  setValue({
    phrase: 'is {value} \\(with literal_eval\\)',
    summary: 'Sets a literal of Python: a number, text in quotes, list, dict, True, False or None.',
    says: `is "{'tags': ['a', 'b'], 'isOpen': True}" (with literal_eval)`,
    make: (_, value) => (typeof value === 'string' ? pythonLiteral(value) : value),
  }),
  setValue({
    phrase: 'is JSON {name}',
    summary: 'Sets a JSON value.',
    says: 'is JSON "{"tags": ["a", "b"]}"',
    make: (world, json) => givenJson(world, json),
  }),
  setValue({
    phrase: 'is a list {value}',
    summary: 'Sets a list of texts, separated by commas.',
    says: 'is a list "a, b"',
    make: (_, value) => givenList(value),
  }),
  constant('True', true, ['is true']),
  constant('False', false, ['is false']),
  constant('null', null, ['is None']),
  constant('an empty list', []),
  constant('an empty dict', {}, ['is an empty object']),
]

/** What is put into a JSON request, which is made when no step has given one. */
export const jsonRequestSteps: readonly Step[] = [
  ...jsonValues.map(({ phrases, summary, says, make }) => {
    const [phrase = '', ...also] = pathWords.flatMap((name) =>
      phrases.map((each) => `${name} {text} in request ${each}`),
    )
    return step<string>({
      phrase,
      also,
      summary,
      example: example(`And path "/x" in request ${says}`, 'Then path "/json/x" exists'),
      run: (world: World, ...given: readonly unknown[]) => {
        const [path, ...values] = given
        change(world, (before) => withValue(before, String(path), make(world, ...(values as never[]))))
      },
    })
  }),
  step({
    phrase: 'path {text} in request is removed',
    also: pathWords.slice(1).map((word) => `${word} {text} in request is removed`),
    summary: 'Takes something out of the request.',
    example: example(
      'And path "/x" in request is JSON "{"a": 1, "b": 2}"\nAnd path "/x/a" in request is removed',
      'Then path "/json/x" is JSON "{"b": 2}"',
    ),
    run: (world, path) => change(world, (before) => without(before, path)),
  }),
  step({
    phrase: 'the JSON request has',
    summary: 'Sets the paths of a table to its values; a cell that is JSON has the type of that, any other is a text.',
    example: example(
      'And the JSON request has\n  | path | value |\n  | /x/name | John |\n  | /x/age | 30 |',
      'Then path "/json/x" is JSON "{"name": "John", "age": 30}"',
    ),
    run: (world) => {
      const rows = tableOf(world)
      change(world, (before) =>
        rows.reduce((whole, [path = '', cell = '']) => withValue(whole, pathIn(path), valueIn(world, cell)), before),
      )
    },
  }),
]

function constant(words: string, value: unknown, also: readonly string[] = []): SetValue {
  return setValue({
    phrase: `is ${words}`,
    also,
    summary: `Sets ${words.toLowerCase()}.`,
    says: `is ${words}`,
    make: () => value,
  })
}

function example(given: string, then: string): string {
  return ['Given REST method "POST"', 'And URL path "/anything"', given, 'When the URL is invoked', then].join('\n')
}

function change({ request }: World, changed: (before: unknown) => unknown): void {
  const { body } = request
  const format = requestFormat(request)
  if (format !== 'json')
    throw new Error(`The request is ${format.toUpperCase()}, and only JSON has paths: write 'format "JSON"'`)
  if (body !== undefined && body.kind !== 'json') {
    throw new Error(`The request is no JSON, so that it has no paths: write 'format "JSON"' before 'request is'`)
  }
  request.body = { kind: 'json', value: changed(body?.value) }
}

/** The rows without a header. */
function tableOf({ table }: World): readonly (readonly string[])[] {
  if (table === undefined) throw new Error('The step needs a table below it, each row a path and a value')
  const [first = [], ...rest] = table
  return first[0] === 'path' && first[1] === 'value' ? rest : table
}

function pathIn(cell: string): string {
  return cell === '' || /^[/$]/.test(cell) ? cell : `/${cell}`
}

function valueIn({ resolve }: World, cell: string): unknown {
  const value = resolve(cell)
  if (typeof value !== 'string' || value !== cell) return value
  return cell.trim() === 'null' ? null : (jsonOrNothing(cell) ?? cell)
}
