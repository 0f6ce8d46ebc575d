import type { RestDefaults } from '../http/rest-channel.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Logger } from '../kernel/logger.ts'
import type { After, Before } from '../kernel/service.ts'
import type { LogLevel } from '../observe/log.ts'
import type { UnknownPolicy } from '../schema/input-model.ts'

/** The settings of an app, as `trestle.config.ts` gives them. */
export interface AppSettings extends Omit<RestDefaults, 'status' | 'hidden'> {
  /** The name of the API. */
  readonly title?: string
  /** The version of the API, not of Trestle. */
  readonly version?: string
  /** What the API is for, in Markdown. */
  readonly description?: string
  /** Where the API is served, as absolute URLs, for the API description. */
  readonly servers?: readonly string[]
  /** What becomes of members that input models do not declare; `strip` by default. */
  readonly unknown?: UnknownPolicy
  /** Runs before the `before` of every service. */
  readonly before?: Before | readonly Before[]
  /** Runs after the `after` of every service. */
  readonly after?: After | readonly After[]
  /** Whether the documentation is served, at `/docs`, `/redoc` and `/openapi.json`; true by default. */
  readonly docs?: boolean
  /** A logger, such as one of pino's, or how much to log on standard output. */
  readonly log?: Logger | LogLevel
}

/**
 * Declares the settings of an app folder, in `trestle.config.ts`.
 *
 * ```ts
 * export const app = defineApp({ title: 'Employee API', version: '1.0.0', envelope: 'meta' })
 * app.title // => 'Employee API'
 * ```
 */
export function defineApp(settings: AppSettings): AppSettings {
  return settings
}

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
  /** Told of each finished reply. */
  readonly onReply?: ((reply: FinishedReply) => void) | undefined
}

/** A reply that has left, or that the client did not wait for (status 499). */
export interface FinishedReply {
  readonly method: string
  /** Without the query, as sent. */
  readonly path: string
  readonly status: number
  /** The correlation id, which the lines of the log have too. */
  readonly cid: string
  /** From the arrival of the request to the end of the reply. */
  readonly milliseconds: number
}
