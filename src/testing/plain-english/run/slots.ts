/** Lets so many pieces of work run at once; the others wait for their turn, in order. */
export type Slots = <T>(work: () => Promise<T>) => Promise<T>

/** Makes so many slots. */
export function slots(count: number): Slots {
  const waiting: (() => void)[] = []
  let free = count
  return async (work) => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      // A slot is handed on to the one who has waited longest; nobody else can take it in between.
      const next = waiting.shift()
      if (next === undefined) free += 1
      else next()
    }
  }
}
