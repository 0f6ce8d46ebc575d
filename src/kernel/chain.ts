/** A value, or a promise of it. What is synchronous stays synchronous all through a call. */
export type Awaitable<T> = T | Promise<T>

/** Whether the value must be waited for; query builders and other thenables count. */
export function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}

/** Goes on with the value: at once, or when it is there. A promise that comes out of it is always a real one. */
export function whenReady<T, Next>(value: Awaitable<T>, next: (value: T) => Awaitable<Next>): Awaitable<Next> {
  return isPromise(value) ? Promise.resolve(value).then(next) : next(value as T)
}

/** Runs the steps one after another, waiting only for those that return a promise. */
export function inOrder<T>(items: readonly T[], step: (item: T) => unknown, from: number = 0): Awaitable<void> {
  for (let at = from; at < items.length; at++) {
    const done = step(items[at] as T)
    if (isPromise(done)) return Promise.resolve(done).then(() => inOrder(items, step, at + 1))
  }
}
