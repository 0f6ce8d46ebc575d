import type { Exchange } from '../exchange.ts'
import type { Representation } from './representations.ts'

/** A representation, and what the client said of it. */
export interface Chosen {
  readonly representation: Representation
  /** The parameters of the media range that asked for it. */
  readonly parameters: Readonly<Record<string, string>>
}

const chosen = new WeakMap<Exchange, Chosen>()

/** Remembers in which representation an exchange is to be answered. */
export function choose(exchange: Exchange, choice: Chosen): void {
  chosen.set(exchange, choice)
}

/** The representation that was chosen for an exchange, if it is not the channel's first. */
export function chosenFor(exchange: Exchange): Chosen | undefined {
  return chosen.get(exchange)
}
