import { describeRest } from '../http/describe/describe.ts'
import type { Exchange } from '../http/exchange.ts'
import { createRest } from '../http/rest.ts'
import { FetchExchange } from '../http/server/fetch-exchange.ts'
import { createHttpServer } from '../http/server/server.ts'
import type { Invoke } from '../kernel/call-context.ts'
import { systemClock } from '../kernel/clock.ts'
import { createKernel } from '../kernel/kernel.ts'
import type { Logger } from '../kernel/logger.ts'
import { toList } from '../kernel/one-or-many.ts'
import type { RegisteredService } from '../kernel/registry.ts'
import type { Service } from '../kernel/service.ts'
import { nameServices, type ServiceTree } from '../kernel/service-names.ts'
import { createLog, type LogLevel } from '../observe/log.ts'
import { docsPages } from '../openapi/docs-pages.ts'
import type { ApiDescription } from '../openapi/document.ts'
import type { AppSettings, FinishedReply, Mode, RunOptions } from './app-options.ts'
import { docsServices } from './docs.ts'
import { healthServices } from './health.ts'

/** An app's services, its settings, and how it runs. */
export interface AppOptions extends AppSettings, RunOptions {
  /** A list of named services, or modules of services by their names: `{ employee }` holds `employee.get-employee`. */
  readonly services: ServiceTree
}

/** Where an app listens. */
export interface Listening {
  /** An IP address. */
  readonly host: string
  readonly port: number
  /** Such as `http://127.0.0.1:17010`, without a slash at its end. */
  readonly url: string
}

/** A running app. */
export interface App {
  /** All services by name, those of Trestle (`trestle.…`) too. */
  readonly services: readonly RegisteredService[]
  /** What the API offers over HTTP, for the API description. */
  readonly description: ApiDescription
  /** What the app logs to. */
  readonly log: Logger
  /**
   * Calls a service by itself or by its name, without any channel.
   *
   * @throws Problem `invalid_input` when the input does not fit, and whatever the service raises.
   * @throws InvocationError when the app has no such service.
   */
  readonly invoke: Invoke
  /** Answers a web `Request`, without any port. */
  readonly fetch: (request: Request) => Promise<Response>
  /** Whether it takes new connections. */
  readonly listening: boolean
  /** Serves HTTP. Port 0 takes a free one; the defaults are 17010 and 127.0.0.1. @throws Error when the port is taken */
  readonly listen: (options?: { readonly port?: number; readonly host?: string }) => Promise<Listening>
  /**
   * Stops without losing a call, then disposes of what the app was provided with. Calls in flight get `deadline`
   * milliseconds (10,000 if not given), and so do background calls; the number of calls cut after that is returned.
   */
  readonly close: (options?: { readonly deadline?: number }) => Promise<number>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

const defaults = { port: 17010, host: '127.0.0.1', deadline: 10_000 }

/**
 * Makes an app of services and settings; it serves when told to.
 *
 * ```ts
 * const hello = service({
 *   output: z.object({ hello: z.string() }),
 *   on: get('/hello'),
 *   handle: () => ({ hello: 'world' }),
 * })
 * await using app = createApp({ title: 'Greetings', version: '1.0.0', services: { hello } })
 * const { url } = await app.listen({ port: 0 })
 * const reply = await fetch(`${url}/hello`)
 * await reply.json() // => { hello: 'world' }
 * ```
 *
 * @throws StartupError with every reason why the app cannot start.
 */
export function createApp(options: AppOptions): App {
  const mode = options.mode ?? modeOf(process.env.NODE_ENV)
  const clock = options.clock ?? systemClock
  const log = loggerOf(options.log, mode)
  const kernel = createKernel({
    services: [options.services, givingWay(options.services, builtIn())],
    clock,
    newCid: options.newCid,
    log,
    unknown: options.unknown,
    before: toList(options.before),
    after: toList(options.after),
    use: options.use,
    checkOutput: mode !== 'production',
  })
  const answer = createRest({ kernel, defaults: options, development: mode === 'development' })
  const server = createHttpServer({ answer, newCid: kernel.newCid, onReply: told(options.onReply) })
  const description: ApiDescription = {
    title: options.title ?? 'API',
    version: options.version ?? '0.0.0',
    ...(options.description !== undefined && { description: options.description }),
    ...(options.servers !== undefined && { servers: options.servers }),
    operations: describeRest(kernel.services, options),
  }

  function builtIn(): readonly Service[] {
    const docs = options.docs === false ? [] : docsServices(docsPages(() => description))
    return [...healthServices(() => server.stopping), ...docs]
  }

  const close: App['close'] = async ({ deadline = defaults.deadline } = {}) => {
    const began = clock.elapsed()
    const cut = await server.stop({ deadline })
    const unfinished = await kernel.close({ deadline: Math.max(0, deadline - (clock.elapsed() - began)) })
    if (unfinished > 0) log.error({ unfinished }, 'background calls were cut that had not finished in time')
    return cut + unfinished
  }
  return {
    get listening() {
      return server.listening
    },
    services: kernel.services,
    description,
    log,
    invoke: ((target: never, input?: unknown) => kernel.invoke(target, input)) as Invoke,
    fetch: (request) => new Promise((resolve) => answer(new FetchExchange(request, kernel.newCid, resolve))),
    listen: async ({ port = defaults.port, host = defaults.host } = {}) => {
      const address = await server.listen({ port, host })
      const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address
      return { host: address.address, port: address.port, url: `http://${shown}:${address.port}` }
    },
    close,
    [Symbol.asyncDispose]: async () => void (await close()),
  }
}

function modeOf(environment: string | undefined): Mode {
  return environment === 'development' || environment === 'test' ? environment : 'production'
}

function loggerOf(log: Logger | LogLevel | undefined, mode: Mode): Logger {
  if (typeof log === 'object') return log
  const level = log ?? (mode === 'development' ? 'debug' : 'info')
  return createLog({ level, format: mode === 'development' ? 'pretty' : 'json' })
}

/** A service built in gives way where the app serves the same address itself. */
function givingWay(tree: ServiceTree, builtIn: readonly Service[]): readonly Service[] {
  const taken = new Set(nameServices(tree).flatMap(({ service }) => service.channels.map((each) => each.address)))
  return builtIn.filter((service) => !service.channels.some((each) => taken.has(each.address)))
}

function told(
  onReply: RunOptions['onReply'],
): ((exchange: Exchange, status: number, milliseconds: number) => void) | undefined {
  if (onReply === undefined) return undefined
  return ({ method, path, cid }, status, milliseconds) => {
    onReply({ method, path, cid, status, milliseconds } satisfies FinishedReply)
  }
}
