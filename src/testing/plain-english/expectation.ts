/**
 * What a check expected and what it found instead: a failure that reports can show side by side.
 *
 * ```ts
 * import { Expectation } from 'trestle/testing'
 *
 * const fault = new Expectation('The queue has another length', { expected: 0, found: 3 })
 * fault.found // => 3
 * ```
 */
export class Expectation extends Error {
  /** What should be there. */
  readonly expected: unknown
  /** What is there. */
  readonly found: unknown

  /** The message is a whole sentence, which says where; reports add the two values where they are given. */
  constructor(message: string, ...values: [] | [values: { readonly expected: unknown; readonly found: unknown }]) {
    super(message)
    this.name = 'Expectation'
    this.expected = values[0]?.expected
    this.found = values[0]?.found
    this.hasValues = values.length > 0
  }

  /** Whether expected and found are given; either may be `undefined`. */
  readonly hasValues: boolean
}

/**
 * Fails unless the condition holds, with a whole sentence that says where, and the two values where there are any.
 *
 * ```ts
 * import { expect } from 'trestle/testing'
 *
 * const length = Number('3')
 * expect(length === 0, 'The queue is not empty', { expected: 0, found: length })
 * // throws Expectation: The queue is not empty
 * ```
 *
 * @throws Expectation
 */
export function expect(
  condition: boolean,
  message: string,
  ...values: [] | [values: { readonly expected: unknown; readonly found: unknown }]
): asserts condition {
  if (!condition) throw new Expectation(message, ...values)
}
