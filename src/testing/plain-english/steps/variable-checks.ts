import { allChecks } from '../checks/all-checks.ts'
import { checkSteps, type SubjectKind } from '../checks/check-steps.ts'
import type { Step } from '../step.ts'
import { wholeReference } from '../variables.ts'
import type { World } from '../world.ts'

/** A value that was stored, or one of the environment or the settings. */
export const variableSubject: SubjectKind = {
  names: ['variable {name}'],
  find: (world, name) => {
    const value = variable(world, name)
    return { world, name: `variable "${name}"`, value, items: value }
  },
  example: (json) => ({ lines: [`Given I store "${json}" as JSON under "x"`], name: 'variable "#x"' }),
}

/** Checks of variables. */
export const variableCheckSteps: readonly Step[] = checkSteps(variableSubject, allChecks)

/** A name without a sign is that of what was stored. */
function variable(world: World, name: string): unknown {
  if (name.includes('{')) return world.resolve(name)
  const found = wholeReference(/^[$@#]/.test(name) ? name : `#${name}`, world.variables)
  if (found === undefined) throw new Error(`There is no variable "${name}": write "#name" for what a step has stored`)
  return found.value
}
