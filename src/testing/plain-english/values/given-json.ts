import { filledInJson, wholeReference } from '../variables.ts'
import type { World } from '../world.ts'
import { deepestJson, isTooDeep, parseJson } from './json-text.ts'
import { jsonOrNothing } from './same.ts'

/**
 * The JSON that a step gives: what a reference alone stands for, else the parsed text, in which values that are filled in
 * are escaped.
 *
 * @throws Error when it is no JSON
 */
export function givenJson(world: World, text: string): unknown {
  const whole = wholeReference(text.trim(), world.variables)
  if (whole !== undefined) return typeof whole.value === 'string' ? storedJson(whole.value) : whole.value
  return parsedJson(filledInJson(text, world.variables), 'The JSON of this step')
}

/** The value of a JSON text. @throws Error that says what is wrong with it */
export function parsedJson(text: string, what: string): unknown {
  if (isTooDeep(text)) throw new Error(`${what} is nested more than ${deepestJson} levels deep: make it flatter`)
  try {
    return parseJson(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`${what} cannot be read: ${reason}; write it as in {"name": "Ann", "age": 30}`)
  }
}

/** Text that was stored is JSON where it can be read as such. */
function storedJson(text: string): unknown {
  return jsonOrNothing(text) ?? (text.trim() === 'null' ? null : text)
}
