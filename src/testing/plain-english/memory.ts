import type { Awaitable } from '../../kernel/chain.ts'

/**
 * Something that a family of steps remembers between steps, such as open connections: made when first asked for.
 * `scope` says for how long: `scenario`, or `feature` for the scenarios behind it too, until `context is cleaned up`.
 */
export interface Memory<T> {
  readonly scope: 'scenario' | 'feature'
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
