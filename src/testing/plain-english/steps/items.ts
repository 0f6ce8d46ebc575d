import { allChecks } from '../checks/all-checks.ts'
import type { Check, Subject } from '../checks/check.ts'
import { itemsIn } from '../checks/lists.ts'
import { Expectation, expect } from '../expectation.ts'
import { type PhraseMatch, phrasesOf } from '../phrases.ts'
import { type Step, step } from '../step.ts'
import { textOf } from '../variables.ts'
import type { World } from '../world.ts'
import { pathSubject } from './json-response.ts'
import { variableSubject } from './variable-checks.ts'

const titles = { every: 'Each item of a list', some: 'At least one item of a list', no: 'None of the items of a list' }

/** Checks of the items of a list, in the words of any other check. */
export const itemSteps: readonly Step[] = [pathSubject, variableSubject].flatMap(
  ({ names: [name = ''], find, example }) =>
    (['every', 'some', 'no'] as const).map((quantity) => {
      const { lines, name: subject } = example(quantity === 'no' ? '[4, 5]' : '[1, 2]')
      const says = quantity === 'every' ? 'is any integer' : 'is "2"'
      return step({
        phrase: `${quantity} item of ${name} {}` as 'item of {text} {}',
        kind: 'check',
        summary: `${titles[quantity]} passes the check that follows, which may be any that a path has.`,
        example: [...lines, `Then ${quantity} item of ${subject} ${says}`].join('\n'),
        run: (world, path, sentence) => checkItems(find(world, path), quantity, String(sentence)),
      })
    }),
)

async function checkItems(list: Subject, quantity: keyof typeof titles, sentence: string): Promise<void> {
  const items = itemsIn(list)
  const faults: Expectation[] = []
  for (const [index, item] of items.entries()) {
    const subject = { world: list.world, name: `item ${index} of ${list.name}`, value: item, items: item }
    const fault = await faultOf(subject, sentence)
    if (fault === undefined) expect(quantity !== 'no', `item ${index} of ${list.name} ${sentence}, as none must`)
    else if (quantity === 'every') throw fault
    else faults.push(fault)
  }
  const isFound = quantity !== 'some' || faults.length < items.length
  expect(isFound, `none of the ${items.length} items of ${list.name} ${sentence}`)
}

/** Why an item does not pass; undefined when it does. */
async function faultOf(subject: Subject, sentence: string): Promise<Expectation | undefined> {
  const { check, values } = checkOf(subject.world, sentence)
  try {
    await check.run(subject, ...(values as never[]))
    return undefined
  } catch (error) {
    if (error instanceof Expectation) return error
    throw error
  }
}

const checks: ReadonlyMap<Step, Check> = new Map(
  allChecks.map((each) => {
    const [phrase = '', ...also] = each.phrases
    return [step<string>({ phrase, also, run: () => {} }), each]
  }),
)
const phrases = phrasesOf([...checks.keys()])

function checkOf(world: World, sentence: string): { readonly check: Check; readonly values: readonly unknown[] } {
  const [match] = phrases(sentence)
  const check = match && checks.get(match.step)
  if (match === undefined || check === undefined) {
    throw new Error(
      `No check of an item reads '${sentence}': write what stands behind a path, such as 'is any integer'`,
    )
  }
  return { check, values: match.values.map((each) => filledValue(world, each)) }
}

function filledValue(world: World, { placeholder, raw }: PhraseMatch['values'][number]): unknown {
  if (placeholder === 'name') return raw
  const value = world.resolve(String(raw))
  return placeholder === 'text' ? textOf(value) : value
}
