import type { FeatureFile, Scenario } from '../feature-file.ts'
import type { Memory } from '../memory.ts'
import type { World } from '../world.ts'

/** Random values of the kinds that steps store and send; those made from one seed come in the same order every time. */
export interface Random {
  /** From 0, below 1. */
  readonly fraction: () => number
  /** A whole number between two, both included. */
  readonly between: (low: number, high: number) => number
  /** `a` and 32 hexadecimal digits: a name in any language. */
  readonly text: () => string
  /** From 0 to 99. */
  readonly integer: () => number
  /** From 0 to 99, with a fraction. */
  readonly float: () => number
  /** Version 4, in small letters. */
  readonly uuid: () => string
  /** @throws Error when there is none */
  readonly oneOf: <T>(items: readonly T[]) => T
}

/** The random values of a source of fractions. */
export function randomFrom(fraction: () => number): Random {
  const between = (low: number, high: number): number => low + Math.floor(fraction() * (high - low + 1))
  const hex = (digits: number): string => Array.from({ length: digits }, () => between(0, 15).toString(16)).join('')
  return {
    fraction,
    between,
    text: () => `a${hex(32)}`,
    integer: () => between(0, 99),
    // Never whole, so that what reads it sees that it is no integer.
    float: () => between(0, 99) + between(1, 999_999) / 1_000_000,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${between(8, 11).toString(16)}${hex(3)}-${hex(12)}`,
    oneOf: (items) => {
      const index = between(0, items.length - 1)
      if (items.length === 0) throw new Error('There is nothing to choose from: give at least one item')
      return items[index] as (typeof items)[number]
    },
  }
}

/** Fractions that are the same for the same seed (the generator mulberry32 over a hash of the text). */
export function seededFraction(seed: string): () => number {
  let state = 2_166_136_261
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16_777_619)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const memory: Memory<{ given: Random | undefined }> = { scope: 'feature', make: () => ({ given: undefined }) }

/** Not by memory: after a clean-up the same values would come again, and clash with those before. */
const ofScenarios = new WeakMap<World, Random>()

/** The seeds of features that are given none. */
const seeds = new WeakMap<FeatureFile, string>()

/** How often a scenario has been run: what it made the first time may still be there when it is retried. */
const attempts = new WeakMap<Scenario, number>()

/**
 * The random values of a scenario: of the seed that a step gave, that the environment has as `TRESTLE_SEED`, or else one that
 * its report names, so that a failure can be repeated.
 */
export function randomOf(world: World): Random {
  const { given } = world.recall(memory)
  const random = given ?? ofScenarios.get(world) ?? ofScenario(world)
  if (random !== given) ofScenarios.set(world, random)
  return random
}

function ofScenario(world: World): Random {
  const { feature, scenario, variables, hint } = world
  const seed = variables.environment.TRESTLE_SEED ?? seeds.get(feature) ?? Math.random().toString(36).slice(2, 10)
  seeds.set(feature, seed)
  const attempt = (attempts.get(scenario) ?? 0) + 1
  attempts.set(scenario, attempt)
  hint(`random values come from the seed ${seed}; the environment variable TRESTLE_SEED=${seed} repeats them`)
  return randomFrom(seededFraction(`${seed} ${feature.name} ${scenario.line} ${attempt}`))
}

/** Makes the random values behind this repeatable. */
export function seedRandom(world: World, seed: string): void {
  world.recall(memory).given = randomFrom(seededFraction(seed))
}
