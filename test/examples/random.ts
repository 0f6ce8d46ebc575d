/** Pseudo-random choices that a seed repeats. */
export interface Random {
  /** A whole number from 0, below `limit`. */
  readonly below: (limit: number) => number
  /** Whether something happens that does so once in `times`. */
  readonly once: (times: number) => boolean
  readonly pick: <T>(items: readonly T[]) => T
}

/** Makes choices out of a seed (mulberry32). */
export function random(seed: number): Random {
  let state = seed
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * limit)
  }
  return {
    below,
    once: (times) => below(times) === 0,
    pick: <T>(items: readonly T[]): T => items[below(items.length)] as T,
  }
}
