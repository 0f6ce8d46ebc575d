import { type Arbitrary, double, integer, oneof } from 'fast-check'
import type { JsonSchema } from '../../../schema/schema.ts'
import { numberIn } from '../../openapi/schema-parts.ts'
import { fitting } from './fitting.ts'

const widest = 2 ** 31 - 1

/** Whole numbers that fit. */
export function wholeNumbers(schema: JsonSchema): Arbitrary<number> {
  const step = numberIn(schema, 'multipleOf')
  const { min, max } = range(schema)
  if (step !== undefined && step > 0) return multiples(step, min, max)
  const whole = { min: Math.ceil(min), max: Math.floor(max) }
  if (whole.min > whole.max) throw new RangeError('no whole number fits')
  if (schema.format !== 'int64') return integer(whole)
  // The bounds that the schema gives, and none of those that keep other numbers small.
  const isBound = (number: number): boolean => Math.abs(number) < widest
  const min64 = isBound(min) ? whole.min : Math.max(numberIn(schema, 'minimum') ?? -Infinity, Number.MIN_SAFE_INTEGER)
  const max64 = isBound(max) ? whole.max : Math.min(numberIn(schema, 'maximum') ?? Infinity, Number.MAX_SAFE_INTEGER)
  return oneof({ weight: 9, arbitrary: integer(whole) }, { weight: 1, arbitrary: integer({ min: min64, max: max64 }) })
}

/** Numbers that fit, with few digits, so that they stay the same as texts. */
export function numbers(schema: JsonSchema): Arbitrary<number> {
  const step = numberIn(schema, 'multipleOf')
  const { min, max } = range(schema)
  if (step !== undefined && step > 0) return multiples(step, min, max)
  const exact = double({ min, max, noNaN: true, noDefaultInfinity: true })
  const rounded = exact.map((number) => Number(number.toFixed(2)) + 0)
  const short = fitting(rounded, (number) => number >= min && number <= max)
  if (Math.ceil(min) > Math.floor(max)) return exact
  return oneof(integer({ min: Math.ceil(min), max: Math.floor(max) }), max - min >= 1 ? short : exact)
}

function multiples(step: number, min: number, max: number): Arbitrary<number> {
  const [low, high] = [Math.ceil(min / step), Math.floor(max / step)]
  if (low > high) throw new RangeError('no multiple fits')
  return integer({ min: Math.max(low, -widest), max: Math.min(high, widest) }).map((count) =>
    Number((count * step).toPrecision(12)),
  )
}

/** The numbers between the bounds, both of which fit. */
function range(schema: JsonSchema): { readonly min: number; readonly max: number } {
  const isWhole = schema.type === 'integer'
  const gap = isWhole ? 1 : 0.01
  const above = numberIn(schema, 'exclusiveMinimum')
  const below = numberIn(schema, 'exclusiveMaximum')
  const least = Math.max(
    numberIn(schema, 'minimum') ?? -Infinity,
    above === undefined ? -Infinity : next(above, gap, isWhole),
  )
  const most = Math.min(
    numberIn(schema, 'maximum') ?? Infinity,
    below === undefined ? Infinity : -next(-below, gap, isWhole),
  )
  const min = least === -Infinity ? Math.min(-widest, most) : least
  const max = most === Infinity ? Math.max(widest, min) : most
  if (min > max) throw new RangeError('no number fits')
  return { min, max }
}

function next(bound: number, gap: number, isWhole: boolean): number {
  return isWhole ? Math.floor(bound) + 1 : bound + gap
}
