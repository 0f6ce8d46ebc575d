import type { Arbitrary } from 'fast-check'

const patience = 3_000

/**
 * The values that fit, of an arbitrary that makes others as well.
 *
 * @throws RangeError, when values are made, if none of very many fits
 */
export function fitting<T>(arbitrary: Arbitrary<T>, fits: (value: T) => boolean): Arbitrary<T> {
  let misses = 0
  return arbitrary.filter((value) => {
    const found = fits(value)
    misses = found ? 0 : misses + 1
    if (misses > patience) throw new RangeError('no value was found that has all that is asked for')
    return found
  })
}
