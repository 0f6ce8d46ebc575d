import { numberIn } from './same.ts'
import { shown } from './shown.ts'

/** A number that a step gives. @throws Error when it is none */
export function givenNumber(given: unknown): number | bigint {
  const number = typeof given === 'string' ? numberIn(given) : given
  if (typeof number === 'number' || typeof number === 'bigint') return number
  throw new Error(`${shown(given)} in the step is no number: write one, as in "7" or "7.5"`)
}
