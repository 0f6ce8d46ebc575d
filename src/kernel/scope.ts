import { type Awaitable, inOrder, isPromise } from './chain.ts'
import type { Provider } from './provided.ts'

interface Held {
  readonly provider: Provider
  readonly value: unknown
}

/** Keeps the values of providers, each made once, and disposes of them in the opposite order of their making. */
export class Scope {
  readonly #values: Map<Provider, Awaitable<unknown>> = new Map()
  readonly #held: Held[] = []
  readonly #end: string
  #closed: boolean = false

  /** `end` is the sentence with which a closed scope refuses to provide anything. */
  constructor(end: string) {
    this.#end = end
  }

  /** The value of the provider; a promise while it is being made, so that callers in parallel share it. */
  get(provider: Provider, create: () => Awaitable<unknown>): Awaitable<unknown> {
    const known = this.#values.get(provider)
    if (known !== undefined || this.#values.has(provider)) return known
    // What is made now would never be disposed of.
    if (this.#closed) throw new Error(this.#end)
    const made = create()
    if (!isPromise(made)) return this.#keep(provider, made)
    const value = Promise.resolve(made).then(
      (settled) => this.#keep(provider, settled),
      (error: unknown) => {
        // The next one who asks tries again: a database may be back by then.
        this.#values.delete(provider)
        throw error
      },
    )
    this.#values.set(provider, value)
    return value
  }

  /**
   * Disposes of all values, the youngest first, and of those that are still being made when they are there. All are
   * tried, then the first failure is thrown.
   */
  close(error?: unknown): Awaitable<void> {
    this.#closed = true
    const making = [...this.#values.values()].filter(isPromise)
    if (making.length > 0) return Promise.allSettled(making).then(() => this.close(error))
    this.#values.clear()
    const failures: unknown[] = []
    const fail = (failure: unknown): void => {
      failures.push(failure)
    }
    const done = inOrder(this.#held.splice(0).reverse(), (each) => {
      try {
        const disposed = dispose(each, error)
        return isPromise(disposed) ? Promise.resolve(disposed).catch(fail) : undefined
      } catch (failure) {
        return fail(failure)
      }
    })
    const finish = (): void => {
      if (failures.length > 0) throw failures[0]
    }
    return isPromise(done) ? done.then(finish) : finish()
  }

  #keep(provider: Provider, value: unknown): unknown {
    this.#values.set(provider, value)
    this.#held.push({ provider, value })
    return value
  }
}

function dispose({ provider, value }: Held, error: unknown): unknown {
  if (provider.dispose !== undefined) return provider.dispose(value as never, error)
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined
  if (Symbol.asyncDispose in value) return (value as AsyncDisposable)[Symbol.asyncDispose]()
  if (Symbol.dispose in value) return (value as Disposable)[Symbol.dispose]()
  return undefined
}
