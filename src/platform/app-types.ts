import type { ResponseCache } from '../http/cache/response-cache.ts'
import type { Envelope } from '../http/rest-channel.ts'
import type { TlsSettings } from '../http/server/tls.ts'
import type { Invoke } from '../kernel/call-context.ts'
import type { Logger } from '../kernel/logger.ts'
import type { RegisteredService } from '../kernel/registry.ts'
import type { ServiceTree } from '../kernel/service-names.ts'
import type { ApiDescription } from '../openapi/document.ts'
import type { FetchOptions } from './answer-fetch.ts'
import type { AppSettings } from './app-options.ts'
import type { AppRoute } from './app-routes.ts'
import type { RunOptions, RunWith } from './run-options.ts'

/** An app's services, its settings, and how it runs. */
export interface AppOptions<
  Services extends ServiceTree = ServiceTree,
  Prefix extends string | false = string | false,
  E extends Envelope = Envelope,
> extends AppSettings<Prefix, E>,
    RunOptions {
  /** A list of named services, or modules of services by their names: `{ employee }` holds `employee.get-employee`. */
  readonly services: Services
}

/** For the compiler: what the type of a client follows from. */
export interface AppTypes<out Services, out Prefix, out E> {
  readonly services: Services
  readonly prefix: Prefix
  readonly envelope: E
}

/** Where an app listens. */
export interface Listening {
  /** An IP address. */
  readonly host: string
  readonly port: number
  /** Such as `http://127.0.0.1:17010`, or `https://…` with `tls`; without a slash at its end. */
  readonly url: string
}

/**
 * A running app. Its type knows its services, so that a client's may follow from it: `client<typeof app>(url)`. Of an
 * app folder, whose services no file names, the type is written down:
 * `App<{ employee: typeof import('./services/employee.ts') }>`, with the prefix and the envelope of its configuration
 * behind it where it has any.
 */
export interface App<
  out Services extends ServiceTree = ServiceTree,
  out Prefix extends string | false = string | false,
  out E extends Envelope = Envelope,
> {
  /** For the compiler alone. */
  readonly types?: AppTypes<Services, Prefix, E>
  /** All services by name, those of Trestle (`trestle.…`) too. */
  readonly services: readonly RegisteredService[]
  /** The channels of all services with their paths in full. */
  readonly routes: readonly AppRoute[]
  /** What the API offers over HTTP, for the API description. */
  readonly description: ApiDescription
  /** How successes are wrapped where neither base nor channel says otherwise. */
  readonly envelope: E
  /** What the app logs to. */
  readonly log: Logger
  /**
   * Calls a service by itself or by its name, without any channel.
   *
   * @throws Problem `invalid_input` when the input does not fit, and whatever the service raises.
   * @throws InvocationError when the app has no such service.
   */
  readonly invoke: Invoke
  /** The replies that are kept for channels with `cache`. */
  readonly cache: ResponseCache
  /** Answers a web `Request`, without any port; whoever hands it over may say who calls. */
  readonly fetch: (request: Request, options?: FetchOptions) => Promise<Response>
  /**
   * Makes another app of the same services and settings that runs in another way, such as with other providers: what is
   * in `use` is added to what this one was given. Neither closes the other; apps that are mounted are made anew, too.
   */
  readonly with: (run: RunWith) => App<Services, Prefix, E>
  /** Whether it takes new connections. */
  readonly listening: boolean
  /** How long calls in flight get when it stops, in milliseconds: `timeouts.stop`. */
  readonly stopTimeout: number
  /**
   * Serves HTTP, or https with `tls`, of the app or given here. Port 0 takes a free one; the defaults are 17010 and 127.0.0.1.
   *
   * @throws Error when the port is taken
   * @throws StartupError when `tls` cannot be used, or `onStart` fails
   */
  readonly listen: (options?: {
    readonly port?: number
    readonly host?: string
    readonly tls?: TlsSettings
  }) => Promise<Listening>
  /**
   * Stops without losing a call, then disposes of what the app was provided with. Calls in flight get `deadline`
   * milliseconds (`timeouts.stop` if not given), and so do background calls; the number of calls cut after that is returned.
   */
  readonly close: (options?: { readonly deadline?: number }) => Promise<number>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}
