import type { Awaitable } from './chain.ts'

/** How long a provided value lives: for one call, shared by all that the call invokes, or as long as the app. */
export type ProviderScope = 'call' | 'app'

/** Something that a service asks for in `use`: made when first needed, kept for its scope, disposed of at its end. */
export interface Provider<out T = unknown> {
  /** How long its value lives: one call, or as long as the app. */
  readonly scope: ProviderScope
  /** The providers that its value is made from. */
  readonly use: Uses
  /** Makes the value; called once in its scope. */
  readonly create: (context: never) => Awaitable<T>
  /** Releases the value at the end of its scope. */
  readonly dispose: ((value: never, error: unknown) => unknown) | undefined
}

/** Providers by the name under which a service sees them. */
export interface Uses {
  readonly [name: string]: Provider
}

/** The values that providers make, under the names of the providers. */
export type Provided<U> = { readonly [Name in keyof U]: U[Name] extends Provider<infer T> ? T : never }

/** No providers at all. */
export type NoUses = Record<never, never>
