import { find } from '../paths/find.ts'
import { type Step, step } from '../step.ts'
import { storeValue } from '../store-value.ts'
import { givenJson } from '../values/given-json.ts'
import { givenNumber } from '../values/given-number.ts'
import { seedRandom } from '../values/random.ts'
import { replyJson } from '../values/reply-json.ts'
import type { World } from '../world.ts'

/** What is stored for later steps. */
export const variableSteps: readonly Step[] = [
  step({
    phrase: 'I store {name} as JSON under {name}',
    summary: 'Stores a JSON value with its type.',
    example:
      'Given I store "{"lines": [{"sku": "A-1"}]}" as JSON under "order"\nThen variable "#order.lines.0.sku" is "A-1"',
    run: (world, json, name) => storeValue(world, name, givenJson(world, json)),
  }),
  step({
    phrase: 'I store this JSON under {name}',
    summary: 'Stores the JSON of the doc string with its types.',
    example:
      'Given I store this JSON under "order"\n  """\n  {"id": 7}\n  """\nThen variable "#order/id" is an integer "7"',
    run: (world, name) => {
      if (world.docString === undefined)
        throw new Error('The step needs a doc string below it, between two lines of """')
      storeValue(world, name, givenJson(world, world.docString.content))
    },
  }),
  step({
    phrase: 'I store these values',
    summary: 'Stores the values of a table, each row a name and a value.',
    example: 'Given I store these values\n  | name | John |\n  | city | Bonn |\nThen variable "#city" is "Bonn"',
    run: (world) => {
      const { table, resolve } = world
      if (table === undefined) throw new Error('The step needs a table below it, each row a name and a value')
      for (const [name = '', value = ''] of table) storeValue(world, name, resolve(value))
    },
  }),
  step({
    phrase: 'I store the number of items of path {text} under {name}',
    summary: 'Stores how many items a list of the response has, or how many places a path leads to.',
    example:
      'Given URL path "/get?a=1&a=2"\nWhen the URL is invoked\nThen I store the number of items of path "/args/a" under "count"\nAnd variable "#count" is an integer "2"',
    run: (world, path, name) => {
      const { values, isMany } = find(replyJson(world.reply), path)
      const [first] = values
      const isOne = values.length === 1 && Array.isArray(first)
      if (!isMany && !isOne && values.length > 0) throw new Error(`path "${path}" is no list, so that it has no items`)
      storeValue(world, name, isOne ? first.length : values.length)
    },
  }),
  step({
    phrase: 'I store {value} plus {value} under {name}',
    summary: 'Stores the sum of two numbers.',
    example: 'Given I store "1" plus "2.5" under "sum"\nThen variable "#sum" is a float "3.5"',
    run: (world, one, other, name) => storeNumber(world, name, Number(givenNumber(one)) + Number(givenNumber(other))),
  }),
  step({
    phrase: 'I store {value} minus {value} under {name}',
    summary: 'Stores the difference of two numbers.',
    example: 'Given I store "3" minus "1" under "rest"\nThen variable "#rest" is an integer "2"',
    run: (world, one, other, name) => storeNumber(world, name, Number(givenNumber(one)) - Number(givenNumber(other))),
  }),
  step({
    phrase: 'random values come from seed {text}',
    summary: 'Makes the random values of the following steps the same in every run.',
    example: 'Given random values come from seed "42"',
    run: seedRandom,
  }),
]

function storeNumber(world: World, name: string, value: number): void {
  // Sums of decimal fractions, such as 0.1 plus 0.2, are off in the last of their binary digits.
  storeValue(world, name, Number(value.toPrecision(15)))
}
