/** Waits for the turn of whatever has the key, and returns the function that ends it. */
export type TakeTurn = (key: string) => Promise<() => void>

/** Makes those with one key take turns, in the order in which they came; others do not wait for them. */
export function turns(): TakeTurn {
  const last = new Map<string, Promise<void>>()
  return async (key) => {
    const before = last.get(key)
    const { promise, resolve } = Promise.withResolvers<void>()
    last.set(key, promise)
    await before
    return () => {
      if (last.get(key) === promise) last.delete(key)
      resolve()
    }
  }
}
