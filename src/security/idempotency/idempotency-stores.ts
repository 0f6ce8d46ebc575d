import type { Clock } from '../../kernel/clock.ts'
import type { IdempotencyStore } from '../../kernel/idempotency-store.ts'
import type { Logger } from '../../kernel/logger.ts'
import { memoryStore } from './memory-store.ts'
import type { OpenedStore } from './opened-store.ts'
import { postgresStore } from './postgres-store.ts'
import { sqliteStore } from './sqlite-store.ts'

/** Where an app keeps which calls with an `Idempotency-Key` have been done. */
export interface IdempotencyStoreSettings {
  /**
   * The URL of a PostgreSQL database (`postgres://…`), for an app on several machines, or a store of your own. Without
   * it: the data folder of the app, which all processes of one machine share; where there is none, memory.
   */
  readonly idempotencyStore?: string | IdempotencyStore
}

/** What is wrong with the setting, as whole sentences that say how to mend it. */
export function idempotencyStoreFaults({ idempotencyStore: store }: IdempotencyStoreSettings): readonly string[] {
  if (typeof store !== 'string' || /^postgres(?:ql)?:/.test(store)) return []
  return ["the idempotencyStore is no URL of PostgreSQL: let it begin with 'postgres://', or leave it out"]
}

/** The store of an app; nothing is opened before the first call that has a key. */
export function idempotencyStore(
  { idempotencyStore: store }: IdempotencyStoreSettings,
  { data, clock, log }: { readonly data: string | undefined; readonly clock: Clock; readonly log: Logger },
): OpenedStore {
  // One that was made elsewhere may serve other apps, too.
  if (typeof store === 'object') return { store, close: () => {} }
  if (store !== undefined) return postgresStore(store, clock, log)
  return data === undefined ? { store: memoryStore(clock), close: () => {} } : sqliteStore(data, clock)
}
