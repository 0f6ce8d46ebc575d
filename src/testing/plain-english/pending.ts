/**
 * Says that a step is not written yet: its scenario is pending, which fails the run.
 *
 * ```ts
 * import { Pending, step } from 'trestle/testing'
 *
 * export const paid = step({ phrase: 'the order is paid', run: () => Promise.reject(new Pending()) })
 * new Pending().message // => 'This step is not written yet'
 * ```
 */
export class Pending extends Error {
  constructor(message: string = 'This step is not written yet') {
    super(message)
    this.name = 'Pending'
  }
}
