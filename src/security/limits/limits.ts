import type { Limit } from '../../kernel/access-settings.ts'
import type { Attempt } from '../../kernel/attempt.ts'
import type { Awaitable } from '../../kernel/chain.ts'
import type { Entrance } from '../../kernel/guard.ts'
import type { OperationHeader } from '../../kernel/operation.ts'

/** Counts one call; `dropped` when the connection was cut. @throws Problem `too_many_requests` */
export type Count = (attempt: Attempt) => Awaitable<'dropped' | undefined>

/** The limits of an app. */
export interface Limits {
  /** What is wrong with the settings, as whole sentences that say how to mend it. */
  readonly faults: readonly string[]
  /** What is wrong with a limit, as the end of a sentence. */
  readonly faultOf: (limit: Limit) => string | undefined
  /** What is wrong with the limits of an entrance, as whole sentences. */
  readonly faultsOf: (entrance: Entrance) => readonly string[]
  /** Counts in front of authentication: what goes by address or channel; nothing where there is no such limit. */
  readonly before: (entrance: Entrance) => Count | undefined
  /** Counts behind it: what goes by caller, definition or role, and the limits of definitions and roles themselves. */
  readonly after: (entrance: Entrance) => Count | undefined
  /**
   * Refuses whoever has failed to authenticate too often. It is asked before credentials are looked at, and again when
   * they are good, if looking took time: of many that came at once, those behind the limit count for nothing.
   *
   * @throws Problem `too_many_requests`
   */
  readonly checkFailures: (attempt: Attempt, username: string | undefined) => Awaitable<void>
  /** Counts a failure to authenticate. @throws Problem `too_many_requests` when there was no room for it any more */
  readonly failed: (attempt: Attempt, username: string | undefined) => Awaitable<void>
  /** The headers by which replies of an entrance tell its limits, for the API description. */
  readonly headersOf: (entrance: Entrance) => readonly OperationHeader[]
  readonly close: () => Promise<void>
}
