import type { Awaitable } from '../../kernel/chain.ts'
import type { StepKind } from './step-kind.ts'
import type { World } from './world.ts'

/**
 * The values that each kind of placeholder gives: `{text}` the text between quotes, with what it refers to filled in;
 * `{value}` the same, but a reference alone, such as `"#id"`, keeps the type of what was stored; `{name}` the text between
 * quotes as it is; the others are those of Cucumber expressions.
 */
export interface PlaceholderTypes {
  readonly text: string
  readonly value: unknown
  readonly name: string
  readonly int: number
  readonly float: number
  readonly word: string
  readonly string: string
}

/** The arguments that the placeholders of a phrase give, in order. */
export type StepArguments<Phrase extends string> = Phrase extends `${string}{${infer Placeholder}}${infer Rest}`
  ? [Placeholder extends keyof PlaceholderTypes ? PlaceholderTypes[Placeholder] : unknown, ...StepArguments<Rest>]
  : []

/** A step as its author writes it. */
export interface StepOptions<Phrase extends string> {
  /** A Cucumber expression, without the keyword: `path {text} is {value}`. */
  readonly phrase: Phrase
  /** Other spellings, with the same placeholders in the same order. */
  readonly also?: readonly string[]
  /** `prepare` if it is not given. */
  readonly kind?: StepKind
  /** What it does, in one sentence, for the reference. */
  readonly summary?: string
  /** Lines of a scenario that pass, for the reference. */
  readonly example?: string
  /** Does the work: throws to fail, an {@link Expectation} for what can show expected and found. */
  readonly run: (world: World, ...values: StepArguments<Phrase>) => Awaitable<void>
}

/** A sentence that features may use, and what it does. */
export interface Step {
  /** All spellings, the one that the reference shows first. */
  readonly phrases: readonly string[]
  /** What becomes of it after a failure. */
  readonly kind: StepKind
  /** What it does, in one sentence; empty if nobody says. */
  readonly summary: string
  /** Lines of a scenario that pass; empty if there are none. */
  readonly example: string
  /** Does the work. */
  readonly run: (world: World, ...values: readonly never[]) => Awaitable<void>
}

const brand: symbol = Symbol.for('trestle.step')

/**
 * Declares a step of your own. It belongs into a file in `features/steps/`, which exports it; features then use its phrase,
 * in front of a built-in step that says the same.
 *
 * ```ts
 * import { expect, step } from 'trestle/testing'
 *
 * export const total = step({
 *   phrase: 'the total of {int} items is {float}',
 *   kind: 'check',
 *   run: ({ reply }, items, sum) => {
 *     const { lines, total } = reply.data as { lines: unknown[]; total: number }
 *     expect(lines.length === items, 'The order has another number of items', { expected: items, found: lines.length })
 *     expect(total === sum, 'The total is another one', { expected: sum, found: total })
 *   },
 * })
 * total.phrases // => ['the total of {int} items is {float}']
 * ```
 */
export function step<const Phrase extends string>(options: StepOptions<Phrase>): Step {
  const { phrase, also = [], kind = 'prepare', summary = '', example = '', run } = options
  const made: Step = { phrases: [phrase, ...also], kind, summary, example, run: run as Step['run'] }
  return Object.defineProperty(made, brand, { value: true })
}

/** Whether a value was made by {@link step}, also by that of another copy of the package. */
export function isStep(value: unknown): value is Step {
  return typeof value === 'object' && value !== null && brand in value
}
