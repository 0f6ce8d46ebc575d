import { Expectation, expect } from '../expectation.ts'
import { itemsAt } from '../paths/find.ts'
import { replyWithData } from '../reply.ts'
import { atPlace, performAll, type Sentence, sentencesBelow, withPlace } from '../sentences.ts'
import { type Step, step } from '../step.ts'
import { storeValue } from '../store-value.ts'
import { givenList } from '../values/list-text.ts'
import { shown, shownWithKind } from '../values/shown.ts'
import type { World } from '../world.ts'

const letters =
  'Given REST method "POST"\nAnd URL path "/post"\nAnd request is "{"items": [{"name": "a"}, {"name": "b"}]}"\n' +
  'When the URL is invoked\n'

/** Loops over lists. */
export const loopSteps: readonly Step[] = [
  step({
    phrase: 'each item of {text} {}',
    also: ['for each item of {text} {}', 'for each item of {text}, {}'],
    kind: 'check',
    summary: 'Makes a check of each item of a list of the response; paths begin at the item. An empty list fails.',
    example: `${letters}Then each item of "/json/items" path "/name" is not empty`,
    run: (world, path, check) => checkEach(world, path, [{ text: String(check) }]),
  }),
  step({
    phrase: 'each item of {text}',
    also: ['each item of {text}:', 'for each item of {text}', 'for each item of {text}:'],
    kind: 'check',
    summary: 'Makes several checks of each item, a line each.',
    example: `${letters}Then each item of "/json/items"\n  """\n  path "/name" is any string\n  path "/price" does not exist\n  """`,
    run: (world, path) => checkEach(world, path, sentencesBelow(world)),
  }),
  step({
    phrase: 'for each {name} of {value}',
    also: ['for each {name} of {value}:', 'for each {name} in {value}', 'for each {name} in {value}:'],
    kind: 'act',
    summary:
      'Does the steps below for each item: of a list that is stored (`#names`), written down (`a, b, c`), or in the response (`/items`). ' +
      'Each is stored under the name, and how many came before it under `index`.',
    example:
      'Given for each "code" of "200, 404"\n  """\n  Given URL path "/status/#{code}"\n  When the URL is invoked\n' +
      '  Then status is "#code"\n  """',
    run: async (world, name, list) => {
      const sentences = sentencesBelow(world)
      for (const [index, item] of listed(world, list).entries()) {
        storeValue(world, name, item)
        storeValue(world, 'index', index)
        await performAll(world, sentences, `with item ${index} (${shown(item)})`)
      }
    },
  }),
]

async function checkEach(world: World, path: string, checks: readonly Sentence[]): Promise<void> {
  const { reply } = world
  const items = listAt(reply.data, path)
  expect(items.length > 0, `path "${path}" is an empty list, so that no item could be checked`)
  const failures: Expectation[] = []
  for (const [index, item] of items.entries()) {
    for (const check of checks) {
      const failure = await failureOf(() => world.withReply(replyWithData(reply, item), () => world.perform(check)))
      const place = `item ${index} of "${path}": `
      if (failure !== undefined) failures.push(atPlace(failure, place))
    }
  }
  const [first] = failures
  if (failures.length === 1 && first !== undefined) throw first
  if (failures.length > 1) throw new Expectation(summed(failures.map(({ message }) => message)))
}

const mostFailures = 10

function summed(failures: readonly string[]): string {
  const more = failures.length - mostFailures
  return [...failures.slice(0, mostFailures), ...(more > 0 ? [`and ${more} more`] : [])].join('\n')
}

async function failureOf(work: () => Promise<void>): Promise<Expectation | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (error instanceof Expectation) return error
    throw withPlace(error, 'in a loop: ')
  }
}

function listed(world: World, list: unknown): readonly unknown[] {
  const isPath = typeof list === 'string' && /^(\/|\$[.[])/.test(list)
  return isPath ? listAt(world.reply.data, list) : givenList(list)
}

function listAt(data: unknown, path: string): readonly unknown[] {
  const found = itemsAt(data, path)
  expect(Array.isArray(found), `path "${path}" is ${shownWithKind(found)}, not a list`)
  return found
}
