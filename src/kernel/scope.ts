import { type Awaitable, inOrder, isPromise, whenReady } from './chain.ts'
import type { Provider } from './provided.ts'

/** Releases a value, after success or after the error with which its call failed. */
type Dispose = (error: unknown) => unknown

/** Keeps the values of providers, each made once, and disposes of them in the opposite order of their making. */
export class Scope {
  readonly #values: Map<Provider, Awaitable<unknown>> = new Map()
  readonly #disposers: Dispose[] = []
  readonly #end: string
  #making: number = 0
  #closed: boolean = false

  /** `end` is the sentence with which a closed scope refuses to provide anything. */
  constructor(end: string) {
    this.#end = end
  }

  /** The value of the provider; a promise while it is being made, so that callers in parallel share it. */
  get(provider: Provider, create: () => Awaitable<unknown>): Awaitable<unknown> {
    // What is made now would never be disposed of.
    if (this.#closed) throw new Error(this.#end)
    const known = this.#values.get(provider)
    if (known !== undefined || this.#values.has(provider)) return known
    const made = create()
    return isPromise(made) ? this.#keepLater(provider, made) : this.#keep(provider, made)
  }

  /**
   * Disposes of all values, the youngest first, and of those that are still being made when they are there. All are
   * tried, then the first failure is thrown.
   */
  close(error?: unknown): Awaitable<void> {
    this.#closed = true
    if (this.#making > 0) return Promise.allSettled(this.#values.values()).then(() => this.close(error))
    this.#values.clear()
    return this.#disposers.length === 0 ? undefined : disposeAll(this.#disposers.splice(0).reverse(), error)
  }

  #keep(provider: Provider, value: unknown): unknown {
    this.#values.set(provider, value)
    const dispose = disposerOf(provider, value)
    if (dispose !== undefined) this.#disposers.push(dispose)
    return value
  }

  #keepLater(provider: Provider, made: Promise<unknown>): Promise<unknown> {
    this.#making++
    const value = Promise.resolve(made).then(
      (settled) => {
        this.#making--
        return this.#keep(provider, settled)
      },
      (error: unknown) => {
        this.#making--
        // The next one who asks tries again: a database may be back by then.
        this.#values.delete(provider)
        throw error
      },
    )
    this.#values.set(provider, value)
    return value
  }
}

function disposerOf({ dispose }: Provider, value: unknown): Dispose | undefined {
  if (dispose !== undefined) return (error) => dispose(value as never, error)
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined
  if (Symbol.asyncDispose in value) return () => (value as AsyncDisposable)[Symbol.asyncDispose]()
  if (Symbol.dispose in value) return () => (value as Disposable)[Symbol.dispose]()
  return undefined
}

function disposeAll(disposers: readonly Dispose[], error: unknown): Awaitable<void> {
  const failures: unknown[] = []
  const fail = (failure: unknown): void => void failures.push(failure)
  const done = inOrder(disposers, (dispose) => {
    try {
      const disposed = dispose(error)
      return isPromise(disposed) ? Promise.resolve(disposed).catch(fail) : undefined
    } catch (failure) {
      return fail(failure)
    }
  })
  return whenReady(done, () => {
    if (failures.length > 0) throw failures[0]
  })
}
