import { Expectation } from './expectation.ts'
import type { ScenarioStep } from './feature-file.ts'
import { Pending } from './pending.ts'
import type { World } from './world.ts'

/** A step that another one does. */
export type Sentence = Pick<ScenarioStep, 'text'> & Partial<ScenarioStep>

/**
 * The steps that a doc string lists, a line each, or a table, a row each; keywords in front may be there or not.
 *
 * @throws Error when there are none
 */
export function sentencesBelow({ docString, table }: Pick<World, 'docString' | 'table'>): readonly Sentence[] {
  const written = docString?.content.split('\n') ?? table?.map((row) => row.join(' ')) ?? []
  const sentences = written
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^#\s/.test(line))
    .map((line) => ({ text: line.replace(/^(?:(?:given|when|then|and|but)\s+|\*\s+)/i, '') }))
  if (sentences.length === 0) throw new Error('The steps are missing: write them below, between two lines of """')
  return sentences
}

/** Does steps one after another; a failure says which of them failed, and where. */
export async function performAll(world: World, sentences: readonly Sentence[], where: string): Promise<void> {
  for (const sentence of sentences) {
    try {
      await world.perform(sentence)
    } catch (error) {
      throw withPlace(error, `${where}, "${sentence.text}": `)
    }
  }
}

/** The same failure, with where it happened in front. */
export function withPlace(error: unknown, place: string): unknown {
  if (error instanceof Pending || !(error instanceof Error)) return error
  const message = place + error.message
  return error instanceof Expectation ? atPlace(error, place) : new Error(message, { cause: error })
}

/** The same failed check, with where it was made in front. */
export function atPlace({ message, expected, found, hasValues }: Expectation, place: string): Expectation {
  return hasValues ? new Expectation(place + message, { expected, found }) : new Expectation(place + message)
}
