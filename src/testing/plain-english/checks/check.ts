import type { Awaitable } from '../../../kernel/chain.ts'
import type { StepArguments } from '../step.ts'
import type { World } from '../world.ts'

/** A value that is checked: one of the response, one that was stored, an item of a list. */
export interface Subject {
  readonly world: World
  /** How messages call it, such as `path "/data/name"`. */
  readonly name: string
  /** @throws Expectation when there is none */
  readonly value: unknown
  /** The same for checks of lists: all that a path leads to, where it can lead to several. */
  readonly items: unknown
}

/** Something that can be said of any value. */
export interface Check {
  /** What stands behind the name of the value, such as `is {value}`; the first one is shown in the reference. */
  readonly phrases: readonly string[]
  readonly summary: string
  /** A value, as JSON, of which it is true. */
  readonly on: string
  /** The words that say so. */
  readonly says: string
  readonly run: (subject: Subject, ...values: readonly never[]) => Awaitable<void>
}

/** Declares a check, with the types that the placeholders of its phrase give. */
export function check<const Phrase extends string>(options: {
  readonly phrase: Phrase
  readonly also?: readonly string[]
  readonly summary: string
  readonly on: string
  readonly says: string
  readonly run: (subject: Subject, ...values: StepArguments<Phrase>) => Awaitable<void>
}): Check {
  const { phrase, also = [], run, ...rest } = options
  return { ...rest, phrases: [phrase, ...also], run: run as Check['run'] }
}
