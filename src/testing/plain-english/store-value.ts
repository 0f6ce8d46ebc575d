import { isTelling } from './secrets.ts'
import { filledInline } from './variables.ts'
import type { World } from './world.ts'

/**
 * Stores a value under a name that a step gives, in which references in braces are filled in; under a name such as `password`
 * or `token` it is kept out of reports.
 *
 * @throws Error when the name is empty, or a reference itself
 */
export function storeValue(world: World, written: string, value: unknown): void {
  if (/^[#$@][A-Za-z_]/.test(written))
    throw new Error(`"${written}" is a reference, and no name to store under: write "${written.slice(1)}"`)
  const name = filledInline(written, world.variables)
  if (name.trim() === '') throw new Error('The name to store under is empty: write one, as in "order"')
  if (typeof value === 'string' && isTelling(name)) world.hide(value)
  world.variables.stored.set(name, value)
}
