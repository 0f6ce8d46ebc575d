import type { Clock } from '../../kernel/clock.ts'
import { counted, type Hit, type LimitStore } from './limit-store.ts'
import type { TallyState } from './tally.ts'

/** What one counter has counted, by key; those that were counted longest ago come first. */
interface Book {
  readonly states: Map<string, Entry>
  readonly keep: number
}

interface Entry {
  readonly state: TallyState
  time: number
}

/**
 * Counts in the memory of this process. It knows at most `most` keys: where there are more, the one goes that was
 * counted longest ago, of the counter that has the most of them.
 */
export function memoryStore(clock: Clock, most: number = 100_000): LimitStore & { readonly size: () => number } {
  const books = new Map<string, Book>()
  let size = 0
  let now = 0

  const stateOf = ({ counter: { id, tally }, key }: Hit): TallyState => {
    const book = books.get(id) ?? opened(id, tally.keep)
    const { states } = book
    letGo(book)
    const known = states.get(key)
    if (known !== undefined) states.delete(key)
    else size += 1
    const entry = known ?? { state: [], time: now }
    entry.time = now
    states.set(key, entry)
    if (size > most) dropOldest()
    return entry.state
  }
  return {
    count: (hits, how) => {
      now = clock.now().getTime()
      return counted(hits, how, now, stateOf)
    },
    close: async () => books.clear(),
    size: () => size,
  }

  function opened(id: string, keep: number): Book {
    const book = { states: new Map<string, Entry>(), keep }
    books.set(id, book)
    return book
  }

  /** Two for each that may come, so that they cannot pile up. */
  function letGo({ states, keep }: Book): void {
    for (let step = 0; step < 2; step++) {
      const first = states.entries().next()
      if (first.done === true || first.value[1].time + keep > now) return
      states.delete(first.value[0])
      size -= 1
    }
  }

  function dropOldest(): void {
    let largest: Book | undefined
    for (const book of books.values())
      if (largest === undefined || book.states.size > largest.states.size) largest = book
    const oldest = largest?.states.keys().next()
    if (largest === undefined || oldest?.done !== false) return
    largest.states.delete(oldest.value)
    size -= 1
  }
}
