import { inspect } from 'node:util'
import { Expectation } from './expectation.ts'
import type { Failure } from './result.ts'

/** What is told of a thing that was thrown, whatever it is: the code of steps is anybody's. */
export function failureOf(thrown: unknown): Failure {
  try {
    if (thrown instanceof Expectation) {
      const { message, expected, found, hasValues } = thrown
      return hasValues ? { message, values: { expected, found } } : { message }
    }
    if (!(thrown instanceof Error)) return { message: `The step threw what is no error: ${inspect(thrown)}` }
    const { message, name, stack } = thrown
    const said = String(message) === '' ? `The step threw a ${String(name)} that says nothing` : String(message)
    return typeof stack === 'string' ? { message: said, stack } : { message: said }
  } catch {
    return { message: 'The step threw what cannot be looked at' }
  }
}
