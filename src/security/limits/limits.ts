import type { Limit } from '../../kernel/access-settings.ts'
import type { Attempt } from '../../kernel/attempt.ts'
import type { Awaitable } from '../../kernel/chain.ts'
import type { Entrance } from '../../kernel/guard.ts'

/** Counts one call; `dropped` when the connection was cut. @throws Problem `too_many_requests` */
export type Count = (attempt: Attempt) => Awaitable<'dropped' | undefined>

/** The limits of an app. */
export interface Limits {
  /** What is wrong with a limit, as the end of a sentence. */
  readonly faultOf: (limit: Limit) => string | undefined
  /** Counts in front of authentication: what goes by address or channel; nothing where there is no such limit. */
  readonly before: (entrance: Entrance) => Count | undefined
  /** Counts behind it: what goes by caller, definition or role, and the limits of definitions and roles themselves. */
  readonly after: (entrance: Entrance) => Count | undefined
  /** Refuses whoever has failed to authenticate too often. @throws Problem `too_many_requests` */
  readonly checkFailures: (attempt: Attempt, username: string | undefined) => Awaitable<void>
  /** Counts a failure to authenticate. */
  readonly failed: (attempt: Attempt, username: string | undefined) => Awaitable<void>
  readonly close: () => Promise<void>
}
