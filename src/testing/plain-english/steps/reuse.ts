import type { Scenario } from '../feature-file.ts'
import type { Memory } from '../memory.ts'
import { performAll } from '../sentences.ts'
import { type Step, step } from '../step.ts'
import { storeValue } from '../store-value.ts'
import type { World } from '../world.ts'

const running: Memory<string[]> = { scope: 'scenario', make: () => [] }

/** The steps of other scenarios, used again. */
export const reuseSteps: readonly Step[] = [
  step({
    phrase: 'the steps of {text}',
    also: ['I do the steps of {text}', 'the steps of {text} with', 'the steps of {text} with:'],
    kind: 'act',
    summary:
      'Does the steps of a scenario of this or another feature, by its name. A table gives values that it refers to, a name and a value a row. ' +
      'A scenario that is only there to be used has the tag `@reusable`, and is not run by itself.',
    example: 'Given the steps of "A greeting" with\n  | name | Ann |\nThen path "/args/name" is "Ann"',
    run: async (world, name) => {
      const scenario = scenarioNamed(world, name)
      for (const [variable = '', value = ''] of world.table ?? []) storeValue(world, variable, world.resolve(value))
      const inside = world.recall(running)
      if (inside.includes(scenario.id))
        throw new Error(`The steps of "${name}" use themselves: take the step out of one of them`)
      inside.push(scenario.id)
      try {
        await performAll(world, scenario.steps, `in the steps of "${name}"`)
      } finally {
        inside.pop()
      }
    },
  }),
]

/** A scenario of the same feature comes before those of others. */
function scenarioNamed(world: World, name: string): Scenario {
  const all = world.scenariosNamed(name)
  const own = all.filter((each) => world.feature.scenarios.includes(each))
  const [found, second] = own.length > 0 ? own : all
  if (found === undefined)
    throw new Error(`No scenario of this run has the name "${name}": mend the name, or add its feature`)
  if (second !== undefined)
    throw new Error(`Several scenarios have the name "${name}" (${found.id}, ${second.id}): rename one of them`)
  return found
}
