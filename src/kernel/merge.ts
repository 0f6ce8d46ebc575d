import type { Taken } from './item-stream.ts'

/** One of several sources, and what is known of its next item. */
interface Source {
  readonly iterator: AsyncIterator<unknown>
  asked: boolean
}

/**
 * The items of several sources as one, first come first served; it ends when all have ended. When it is left, or one of
 * them fails, all are closed.
 *
 * ```ts
 * async function* letters() {
 *   yield 'a'
 * }
 * async function* numbers() {
 *   yield 1
 * }
 * const all = await Array.fromAsync(merge(letters(), numbers()))
 * all // => ['a', 1]
 * ```
 */
export function merge<const T extends readonly AsyncIterable<unknown>[]>(
  ...sources: T
): AsyncIterableIterator<T[number] extends AsyncIterable<infer Item> ? Item : never, undefined> {
  const open = new Set<Source>(sources.map((each) => ({ iterator: each[Symbol.asyncIterator](), asked: false })))
  const ready: Taken[] = []
  let failure: { readonly error: unknown } | undefined
  let wake: (() => void) | undefined

  const ask = (source: Source): void => {
    source.asked = true
    source.iterator.next().then(
      ({ done, value }) => {
        source.asked = false
        if (done === true) open.delete(source)
        else ready.push({ done: false, value })
        wake?.()
      },
      (error: unknown) => {
        open.delete(source)
        failure ??= { error }
        wake?.()
      },
    )
  }
  const close = async (): Promise<void> => {
    const all = [...open]
    open.clear()
    ready.length = 0
    wake?.()
    await Promise.all(all.map(({ iterator }) => iterator.return?.()))
  }
  const iterator: AsyncIterableIterator<unknown, undefined> = {
    next: async () => {
      for (;;) {
        const item = ready.shift()
        if (item !== undefined) return item
        if (failure !== undefined) {
          const { error } = failure
          failure = undefined
          await close()
          throw error
        }
        if (open.size === 0) return { done: true, value: undefined }
        for (const each of open) if (!each.asked) ask(each)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    return: async () => {
      await close()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]: () => iterator,
  }
  return iterator as ReturnType<typeof merge<T>>
}
