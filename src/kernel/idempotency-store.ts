import type { Awaitable } from './chain.ts'

/** A reply that is kept to be sent again. */
export interface KeptReply {
  /** The HTTP status. */
  readonly status: number
  /** Names and values in turn, but for those that belong to one call alone. */
  readonly headers: readonly string[]
  /** The content without any coding; undefined where there was none. */
  readonly body: Uint8Array | undefined
}

/** One call, which holds a key while it runs. */
export interface KeyClaim {
  /** Stands for a key of a caller: of two callers it is never the same. */
  readonly key: string
  /** Random, so that whoever has lost the key can no longer change anything. */
  readonly owner: string
}

/**
 * What comes of beginning a call: it is `new`, and has the key now; another one with the key is `in progress`; the key
 * belongs to a call with an `other payload`; the call has been done but its reply was `not kept`; or that reply.
 */
export type ClaimOutcome = 'new' | 'in progress' | 'other payload' | 'not kept' | KeptReply

/**
 * Keeps which calls with an `Idempotency-Key` are running and have been done. Of calls that begin at the same time with
 * one key, in whichever processes share the store, exactly one is new.
 */
export interface IdempotencyStore {
  /** Takes a key for a call, for `lease` milliseconds, unless another call has it or has had it. */
  readonly begin: (claim: KeyClaim, fingerprint: string, lease: number) => Awaitable<ClaimOutcome>
  /** Holds a key for another `lease` milliseconds from now; false when it is no longer held by this call. */
  readonly renew: (claim: KeyClaim, lease: number) => Awaitable<boolean>
  /**
   * Keeps the reply for so many milliseconds, or only that the call was done where the reply is undefined; false when the
   * key is another call's by now. It may be told twice.
   */
  readonly finish: (claim: KeyClaim, reply: KeptReply | undefined, milliseconds: number) => Awaitable<boolean>
  /** Gives a key back, as if there had been no call. */
  readonly release: (claim: KeyClaim) => Awaitable<void>
}
