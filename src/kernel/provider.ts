import type { CallContext } from './call-context.ts'
import type { Awaitable } from './chain.ts'
import type { Clock } from './clock.ts'
import type { Logger } from './logger.ts'
import type { NoUses, Provided, Provider, Uses } from './provided.ts'

const brand: symbol = Symbol.for('trestle.provider')

/** What a provider that lives as long as the app is made from. */
export interface AppContext {
  /** The logger of the app, whose lines belong to no call. */
  readonly log: Logger
  /** The clock of the app. */
  readonly time: Clock
}

/** How a provider is made whose value lives for one call, shared by all that the call invokes. */
export interface ProviderOptions<T, U extends Uses> {
  /** `call` when it is not given. */
  readonly scope?: 'call'
  /** Other providers that this one is made from. */
  readonly use?: U
  /**
   * Releases the value before the reply is sent, the youngest first; `error` is what the call failed with, if it did:
   * commit or roll back. Without it, a value with `Symbol.asyncDispose` or `Symbol.dispose` disposes of itself.
   */
  readonly dispose?: (value: T, error: unknown) => unknown
}

/** How a provider is made whose value lives as long as the app. */
export interface AppProviderOptions<T, U extends Uses> {
  /** Says that all calls share one value. */
  readonly scope: 'app'
  /** Other providers that this one is made from; they must live as long as the app too. */
  readonly use?: U
  /** Releases the value when the app closes, the youngest first. */
  readonly dispose?: (value: T) => unknown
}

/**
 * Declares something that services may ask for.
 *
 * ```ts
 * const visits = provider(() => ({ count: 0 }), { scope: 'app' })
 * const visit = service({
 *   name: 'visit',
 *   use: { visits },
 *   output: z.object({ count: z.int() }),
 *   handle: ({ visits }) => ({ count: ++visits.count }),
 * })
 * await using app = createApp({ services: [visit] })
 * await app.invoke(visit) // => { count: 1 }
 * await app.invoke(visit) // => { count: 2 }
 * ```
 */
export function provider<T, U extends Uses = NoUses>(
  create: (context: AppContext & Provided<U>) => Awaitable<T>,
  options: AppProviderOptions<T, U>,
): Provider<T>
export function provider<T, U extends Uses = NoUses>(
  create: (context: CallContext & Provided<U>) => Awaitable<T>,
  options?: ProviderOptions<T, U>,
): Provider<T>
export function provider<T, U extends Uses>(
  create: (context: never) => Awaitable<T>,
  options: ProviderOptions<T, U> | AppProviderOptions<T, U> = {},
): Provider<T> {
  return providerOf({
    scope: options.scope ?? 'call',
    use: options.use ?? {},
    create,
    dispose: options.dispose,
  })
}

/** Makes a provider of its parts. */
export function providerOf<T>(parts: Provider<T>): Provider<T> {
  return Object.freeze(Object.defineProperty({ ...parts }, brand, { value: true }))
}

/** Whether the value is a provider. */
export function isProvider(value: unknown): value is Provider {
  return typeof value === 'object' && value !== null && brand in value
}
