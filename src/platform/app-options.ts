import type { ResponseCache } from '../http/cache/response-cache.ts'
import type { EdgeSettings } from '../http/edge/edge.ts'
import type { ProblemPages } from '../http/errors/problem-type.ts'
import type { Envelope, RestDefaults } from '../http/rest-channel.ts'
import type { MethodOverrideSettings } from '../http/route/method-override.ts'
import type { TlsSettings } from '../http/server/tls.ts'
import type { StaticSettings } from '../http/static/settings.ts'
import type { Logger } from '../kernel/logger.ts'
import type { After, Before } from '../kernel/service.ts'
import type { LogLevel } from '../observe/log.ts'
import type { ApiAbout } from '../openapi/document.ts'
import type { UnknownPolicy } from '../schema/input-model.ts'
import type { IdempotencyStoreSettings } from '../security/idempotency/idempotency-stores.ts'
import type { SecuritySettings } from '../security/settings.ts'
import type { HealthSettings } from './health-checks.ts'
import type { MountSettings } from './mount.ts'
import type { SecurityTxtSettings } from './security-txt.ts'
import type { StartSettings } from './start-settings.ts'

/** The settings of an app, as `trestle.config.ts` gives them. */
export interface AppSettings<Prefix extends string | false = string | false, E extends Envelope = Envelope>
  extends Omit<RestDefaults, 'status' | 'hidden' | 'location' | 'version' | 'tags' | 'security'>,
    SecuritySettings,
    IdempotencyStoreSettings,
    MountSettings,
    MethodOverrideSettings,
    EdgeSettings,
    HealthSettings,
    SecurityTxtSettings,
    StartSettings,
    StaticSettings,
    Pick<ProblemPages, 'problemTypes'>,
    Partial<Omit<ApiAbout, 'security' | 'securitySchemes'>> {
  /** Goes in front of the path of each channel, but for those of Trestle itself. */
  readonly prefix?: Prefix
  /** `meta` wraps successes as `{ meta: { cid, is_ok, timestamp }, data }`. */
  readonly envelope?: E
  /** Serves https in place of http. */
  readonly tls?: TlsSettings
  /** Keeps replies for channels with `cache`; one of its own, in memory, if it is not given. */
  readonly responseCache?: ResponseCache
  /** What becomes of members that input models do not declare; `strip` by default. */
  readonly unknown?: UnknownPolicy
  /** Runs before the `before` of every service. */
  readonly before?: Before | readonly Before[]
  /** Runs after the `after` of every service. */
  readonly after?: After | readonly After[]
  /** Whether the documentation is served, at `/docs`, `/redoc` and `/openapi.json`; true by default. */
  readonly docs?: boolean
  /** Logs a line for each reply that has left, at level `info`; false if not given. */
  readonly accessLog?: boolean
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
export function defineApp<const Prefix extends string | false = '', const E extends Envelope = 'none'>(
  settings: AppSettings<Prefix, E>,
): AppSettings<Prefix, E> {
  return settings
}
