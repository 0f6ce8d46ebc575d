/** What a topic keeps for a subscriber that is slower than what is published. */
export interface TopicOptions {
  /** How many items wait for a subscriber; 100 if it is not given. */
  readonly buffer?: number
  /** Whether a full buffer loses its oldest item (`drop`), or the subscription ends (`close`); `drop`. */
  readonly full?: 'drop' | 'close'
}

/** Hands what is published to all who have subscribed, inside this process; made by {@link topic}. */
export interface Topic<T> {
  /** Gives an item to each subscriber; never waits. */
  readonly publish: (item: T) => void
  /** What is published from now on; it ends when it is left, the signal aborts, or the topic is closed. */
  readonly subscribe: (signal?: AbortSignal) => AsyncIterableIterator<T, undefined>
  /** Ends all subscriptions behind what they still hold. */
  readonly close: () => void
  /** How many have subscribed. */
  readonly subscribers: number
}

/**
 * Makes a topic: publish and subscribe, inside this process.
 *
 * ```ts
 * const news = topic<string>()
 * const subscription = news.subscribe()
 * news.publish('first')
 * news.close()
 * await Array.fromAsync(subscription) // => ['first']
 * ```
 */
export function topic<T>({ buffer = 100, full = 'drop' }: TopicOptions = {}): Topic<T> {
  const subscribers = new Set<Subscriber<T>>()
  return {
    publish: (item) => {
      for (const { push } of subscribers) push(item)
    },
    subscribe: (signal) => {
      const subscriber = subscription<T>({ buffer, full }, () => {
        subscribers.delete(subscriber)
        // A signal may outlive many subscriptions.
        signal?.removeEventListener('abort', subscriber.end)
      })
      if (signal?.aborted) subscriber.end()
      else {
        subscribers.add(subscriber)
        signal?.addEventListener('abort', subscriber.end, { once: true })
      }
      return subscriber.items
    },
    close: () => {
      for (const { end } of [...subscribers]) end()
    },
    get subscribers() {
      return subscribers.size
    },
  }
}

interface Subscriber<T> {
  readonly push: (item: T) => void
  readonly end: () => void
  readonly items: AsyncIterableIterator<T, undefined>
}

function subscription<T>({ buffer, full }: Required<TopicOptions>, left: () => void): Subscriber<T> {
  const waiting: T[] = []
  let ended = false
  let wake: (() => void) | undefined
  const end = (): void => {
    ended = true
    left()
    wake?.()
  }
  const items: AsyncIterableIterator<T, undefined> = {
    next: async () => {
      while (waiting.length === 0 && !ended) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return waiting.length === 0 ? { done: true, value: undefined } : { done: false, value: waiting.shift() as T }
    },
    return: async () => {
      waiting.length = 0
      end()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]: () => items,
  }
  const push = (item: T): void => {
    if (waiting.length >= buffer) {
      if (full === 'close') {
        end()
        return
      }
      waiting.shift()
    }
    waiting.push(item)
    wake?.()
  }
  return { push, end, items }
}
