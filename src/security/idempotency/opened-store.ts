import type { Awaitable } from '../../kernel/chain.ts'
import type { IdempotencyStore } from '../../kernel/idempotency-store.ts'

/** A store, and what lets go of its files and connections. */
export interface OpenedStore {
  readonly store: IdempotencyStore
  readonly close: () => Awaitable<void>
}
