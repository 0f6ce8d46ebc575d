import type { StepArguments } from '../step.ts'
import type { World } from '../world.ts'
import { randomDate, writtenNow } from './dates.ts'
import { moved } from './duration.ts'
import { givenNumber } from './given-number.ts'
import { givenList } from './list-text.ts'
import { randomOf } from './random.ts'

/** A value that steps put into a request. */
export interface SetValue {
  /** What stands behind the place, such as `is a random string`. */
  readonly phrases: readonly string[]
  readonly summary: string
  readonly says: string
  readonly make: (world: World, ...values: readonly never[]) => unknown
}

/** Declares one, with the types that the placeholders of its phrase give. */
export function setValue<const Phrase extends string>(options: {
  readonly phrase: Phrase
  readonly also?: readonly string[]
  readonly summary: string
  readonly says: string
  readonly make: (world: World, ...values: StepArguments<Phrase>) => unknown
}): SetValue {
  const { phrase, also = [], make, ...rest } = options
  return { ...rest, phrases: [phrase, ...also], make: make as SetValue['make'] }
}

/** Values that JSON and XML can take. */
export const textualValues: readonly SetValue[] = [
  setValue({
    phrase: 'is {value}',
    summary: 'Sets a text; a reference alone sets what was stored, with its type.',
    says: 'is "John Doe"',
    make: (_, value) => value,
  }),
  setValue({
    phrase: 'is a UUID',
    also: ['is a UUID4', 'is a random UUID'],
    summary: 'Sets a random UUID of version 4.',
    says: 'is a UUID',
    make: (world) => randomOf(world).uuid(),
  }),
  setValue({
    phrase: 'is an integer {value}',
    summary: 'Sets a number without a fraction.',
    says: 'is an integer "30"',
    make: (_, value) => {
      const number = givenNumber(value)
      if (typeof number === 'bigint' || Number.isInteger(number)) return number
      throw new Error(`${number} is no integer: write 'is a float "${number}"'`)
    },
  }),
  setValue({
    phrase: 'is a float {value}',
    also: ['is a number {value}'],
    summary: 'Sets a number.',
    says: 'is a float "7.5"',
    make: (_, value) => givenNumber(value),
  }),
  setValue({
    phrase: 'is a random string',
    summary: 'Sets the letter a and 32 random digits.',
    says: 'is a random string',
    make: (world) => randomOf(world).text(),
  }),
  setValue({
    phrase: 'is a random integer',
    summary: 'Sets a random number from 0 to 99.',
    says: 'is a random integer',
    make: (world) => randomOf(world).integer(),
  }),
  setValue({
    phrase: 'is a random float',
    summary: 'Sets a random number from 0 to 100 with a fraction.',
    says: 'is a random float',
    make: (world) => randomOf(world).float(),
  }),
  setValue({
    phrase: 'is one of {value}',
    summary: 'Sets a random item of a list, separated by commas; empty ones are never taken.',
    says: 'is one of "open, paid, sent"',
    make: (world, value) => randomOf(world).oneOf(givenList(value).filter((item) => item !== '')),
  }),
  setValue({
    phrase: 'is a random date {text}',
    summary: 'Sets a random moment, within 10,000 days of now, in this format.',
    says: 'is a random date "YYYY-MM-DD"',
    make: (world, format) => randomDate(world, format),
  }),
  setValue({
    phrase: 'is now {text}',
    summary: 'Sets the present moment in local time, in this format.',
    says: 'is now "default"',
    make: (world, format) => writtenNow(world, 'local', format),
  }),
  setValue({
    phrase: 'is UTC now {text}',
    summary: 'Sets the present moment in UTC, in this format.',
    says: 'is UTC now "YYYY-MM-DD"',
    make: (world, format) => writtenNow(world, 'UTC', format),
  }),
  setValue({
    phrase: 'is UTC now {text} minus one hour',
    summary: 'Sets the moment of an hour ago in UTC.',
    says: 'is UTC now "default" minus one hour',
    make: (world, format) => writtenNow(world, 'UTC', format, (now) => moved(now, 'one hour', -1)),
  }),
  setValue({
    phrase: 'is UTC now {text} plus {text}',
    summary: 'Sets a later moment in UTC; the duration is written like "2 days" or "1 hour and 30 minutes".',
    says: 'is UTC now "default" plus "2 days"',
    make: (world, format, duration) => writtenNow(world, 'UTC', format, (now) => moved(now, duration, 1)),
  }),
  setValue({
    phrase: 'is UTC now {text} minus {text}',
    summary: 'Sets an earlier moment in UTC.',
    says: 'is UTC now "default" minus "1 hour and 30 minutes"',
    make: (world, format, duration) => writtenNow(world, 'UTC', format, (now) => moved(now, duration, -1)),
  }),
  setValue({
    phrase: 'is now {text} plus {text}',
    summary: 'Sets a later moment in local time.',
    says: 'is now "default" plus "1 week"',
    make: (world, format, duration) => writtenNow(world, 'local', format, (now) => moved(now, duration, 1)),
  }),
  setValue({
    phrase: 'is now {text} minus {text}',
    summary: 'Sets an earlier moment in local time.',
    says: 'is now "default" minus "1 month"',
    make: (world, format, duration) => writtenNow(world, 'local', format, (now) => moved(now, duration, -1)),
  }),
  setValue({
    phrase: 'is a random date after {text} {text}',
    summary: 'Sets a random moment after one that is written in the same format.',
    says: 'is a random date after "2026-01-01" "YYYY-MM-DD"',
    make: (world, after, format) => randomDate(world, format, { after }),
  }),
  setValue({
    phrase: 'is a random date before {text} {text}',
    summary: 'Sets a random moment before one that is written in the same format.',
    says: 'is a random date before "2026-01-01T00:00:00" "default"',
    make: (world, before, format) => randomDate(world, format, { before }),
  }),
  setValue({
    phrase: 'is a random date between {text} and {text} {text}',
    summary: 'Sets a random moment between two, given in either order.',
    says: 'is a random date between "2026-01-01" and "2026-12-31" "YYYY-MM-DD"',
    make: (world, one, other, format) => randomDate(world, format, { between: [one, other] }),
  }),
]
