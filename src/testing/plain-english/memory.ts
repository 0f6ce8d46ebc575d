import type { Awaitable } from '../../kernel/chain.ts'

/** Something that a family of steps remembers between steps, such as open connections; `world.recall` gives it. */
export interface Memory<T> {
  /** For how long: for the scenario, or for those behind it in the feature too, until `context is cleaned up`. */
  readonly scope: 'scenario' | 'feature'
  /** Makes it, when it is first asked for. */
  readonly make: () => T
  /** Releases what the value holds when its time is over. */
  readonly dispose?: (value: T) => Awaitable<void>
}

/** What steps have remembered within one scope. */
export interface Memories extends AsyncDisposable {
  readonly recall: <T>(memory: Memory<T>) => T
  /** Forgets all, the youngest first. */
  readonly forget: () => Promise<void>
}

/** An empty one. */
export function memories(): Memories {
  const kept = new Map<unknown, { readonly value: unknown; readonly dispose: () => Awaitable<void> }>()
  const recall = <T>(memory: Memory<T>): T => {
    const found = kept.get(memory)
    if (found !== undefined) return found.value as T
    const value = memory.make()
    kept.set(memory, { value, dispose: () => memory.dispose?.(value) })
    return value
  }
  const forget = async (): Promise<void> => {
    const all = [...kept.values()].reverse()
    kept.clear()
    for (const { dispose } of all) await dispose()
  }
  return { recall, forget, [Symbol.asyncDispose]: forget }
}
