import type { Awaitable } from '../../kernel/chain.ts'
import type { Coding } from '../compress/compress-settings.ts'

/** A reply that is kept. */
export interface CacheEntry {
  /** The status of the reply, 2xx. */
  readonly status: number
  /** Names and values in turn. */
  readonly headers: readonly string[]
  /** The content as it was made, not compressed. */
  readonly body: string | Uint8Array | undefined
  /** The body in the content codings in which it was asked for. */
  readonly forms?: Readonly<Partial<Record<Coding, Uint8Array>>>
  /** When it was made, in milliseconds since 1970. */
  readonly storedAt: number
  /** Until when it is fresh, in milliseconds since 1970. */
  readonly freshUntil: number
  /** Until when it is of use at all, in milliseconds since 1970: stale, where the channel says so. */
  readonly expiresAt: number
  /** The name of the service that made it. */
  readonly service: string
  /** The path that it was asked for at, as {@link PurgeTarget} matches it. */
  readonly path: string
}

/** Which replies are to be dropped: those of a path, of a service, of one at the other; all where neither is given. */
export interface PurgeTarget {
  /** A path, in which `{name}` stands for one segment and `*` for any text: `/cars/{id}`, `/cars/*`. */
  readonly path?: string
  /** The name of a service. */
  readonly service?: string
}

/** Keeps replies by key, in memory or elsewhere; what fails in it is logged, and the call goes on without it. */
export interface CacheStore {
  /** Gives what is kept under the key; nothing where that is no longer there. */
  readonly get: (key: string) => Awaitable<CacheEntry | undefined>
  /** Keeps an entry, at least until `expiresAt` if there is room. */
  readonly set: (key: string, entry: CacheEntry) => Awaitable<void>
  /** Drops what is kept under the key. */
  readonly delete: (key: string) => Awaitable<void>
  /** Drops replies, and returns how many. */
  readonly purge: (target: PurgeTarget) => Awaitable<number>
}
