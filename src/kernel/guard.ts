import type { AccessSettings } from './access-settings.ts'
import type { Attempt } from './attempt.ts'
import type { CallState } from './call-state.ts'
import type { ProblemCode } from './catalogue.ts'
import type { Awaitable } from './chain.ts'
import type { Channel } from './channel.ts'
import type { OperationHeader, OperationSecurity } from './operation.ts'
import type { Problem } from './problem.ts'
import type { RegisteredService } from './registry.ts'

/**
 * Stands in front of an entrance, before the input is read: it says who calls, and refuses by throwing a problem.
 * `dropped` when it has cut the connection, so that nothing is answered.
 */
export type Guard = (attempt: Attempt, call: CallState) => Awaitable<'dropped' | undefined>

/** A channel of a service, with its settings in full. */
export interface Entrance {
  readonly channel: Channel
  readonly settings: AccessSettings
  readonly entry: RegisteredService
}

/** What a guard means to clients. */
export interface DescribedAccess {
  /** Any one of these lets a caller in; nothing where nobody is asked. */
  readonly security?: readonly OperationSecurity[]
  /** Why a call may be refused. */
  readonly problems: readonly ProblemCode[]
  /** Headers of every reply. */
  readonly headers: readonly OperationHeader[]
}

/** Makes the guards of an app's channels, whatever their protocol. */
export interface Guards {
  /**
   * The guard of an entrance; nothing where everybody may call as often as they like. For what follows from a call that
   * has been counted, it leaves limits out.
   */
  readonly guardOf: (entrance: Entrance, uncounted?: 'uncounted') => Guard | undefined
  /** What is wrong with the settings of an entrance, as whole sentences that say how to mend it. */
  readonly faultsOf: (entrance: Entrance) => readonly string[]
  /** What to tell clients of an entrance. */
  readonly describe: (entrance: Entrance) => DescribedAccess | undefined
  /** Told of each call that was refused, for whatever reason, where it was for a service; it never fails. */
  readonly refused?: (problem: Problem, attempt: Attempt, at: RefusedAt) => void
}

/** Where a call was refused, as far as that was known. */
export interface RefusedAt {
  readonly service: string | undefined
  /** As people write it, such as `GET /orders`. */
  readonly channel: string | undefined
}
