import type { Caller } from '../kernel/caller.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Logger } from '../kernel/logger.ts'
import type { SecurityEvent } from '../kernel/security-event.ts'
import type { LogLevel } from '../observe/log.ts'

/** How an app runs: `development` checks outputs and explains internal errors to clients, `test` checks outputs. */
export type Mode = 'development' | 'test' | 'production'

/** What only the one who starts an app decides. */
export interface RunOptions {
  /** `production` unless NODE_ENV says otherwise. */
  readonly mode?: Mode
  /** The clock of the machine if it is not given. */
  readonly clock?: Clock
  /** Makes the cids of calls that bring none. */
  readonly newCid?: () => string
  /** Values or providers that take the place of those which services use under the same name. */
  readonly use?: Readonly<Record<string, unknown>>
  /**
   * The folder for what has to outlast the process: stored security definitions, sessions, counters. An app folder has
   * `.trestle` in it; where no folder is given, and in tests, all of it is kept in memory.
   */
  readonly data?: string
  /** The folder to which file names of the settings are relative; that of the process if it is not given. */
  readonly folder?: string
  /** Told of all that happens around security: who was refused, who changed what. */
  readonly onSecurityEvent?: ((event: SecurityEvent) => void) | undefined
  /** Told of each finished reply. */
  readonly onReply?: ((reply: FinishedReply) => void) | undefined
}

/** How an app runs, and what it logs to. */
export interface RunWith extends RunOptions {
  /** A logger, such as one of pino's, or how much to log on standard output. */
  readonly log?: Logger | LogLevel
}

/** A reply that has left, or that the client did not wait for (status 499). */
export interface FinishedReply {
  readonly method: string
  /** Without the query, as sent. */
  readonly path: string
  readonly status: number
  /** The correlation id, which the lines of the log have too. */
  readonly cid: string
  /** The name of the service that answered; undefined where no channel did. */
  readonly service: string | undefined
  /** Who called, as the service saw it. */
  readonly caller: Caller
  /** The IP address of the client, past all trusted proxies. */
  readonly client: string | undefined
  /** From the arrival of the request to the end of the reply. */
  readonly milliseconds: number
}
