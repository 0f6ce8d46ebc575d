import { responseCache } from '../http/cache/response-cache.ts'
import { describeRest } from '../http/describe/describe.ts'
import { createEdge } from '../http/edge/edge.ts'
import { guarded } from '../http/edge/guard.ts'
import { operationErrors } from '../http/errors/describe-errors.ts'
import { problemTypeOf } from '../http/errors/problem-type.ts'
import { refusalsOf } from '../http/errors/refusals.ts'
import { createRest } from '../http/rest.ts'
import type { Envelope, RestDefaults } from '../http/rest-channel.ts'
import { restChannels } from '../http/rest-channels.ts'
import { createHttpServer } from '../http/server/server.ts'
import { readTls } from '../http/server/tls.ts'
import { isWebSocketChannel } from '../http/websocket/websocket-channel.ts'
import type { Invoke } from '../kernel/call-context.ts'
import { systemClock } from '../kernel/clock.ts'
import { createKernel } from '../kernel/kernel.ts'
import type { Logger } from '../kernel/logger.ts'
import { toList } from '../kernel/one-or-many.ts'
import { ownKinds } from '../kernel/problem-kind.ts'
import type { RegisteredService } from '../kernel/registry.ts'
import { createSecrets, type Secrets } from '../kernel/secrets.ts'
import type { Service } from '../kernel/service.ts'
import { nameServices, type ServiceTree } from '../kernel/service-names.ts'
import { StartupError } from '../kernel/startup-error.ts'
import { createLog, type LogLevel } from '../observe/log.ts'
import { maskedLogger } from '../observe/masking.ts'
import { docsPages } from '../openapi/docs-pages.ts'
import type { ApiDescription } from '../openapi/document.ts'
import { declaredSecrets } from '../schema/declared-secret.ts'
import { adminServices } from './admin-services.ts'
import { answerFetch } from './answer-fetch.ts'
import { noting } from './answered-by.ts'
import { apiAbout } from './api-about.ts'
import { apiCatalogService } from './api-catalog.ts'
import { routesOf } from './app-routes.ts'
import { appIdempotency, appSecurity } from './app-security.ts'
import type { App, AppOptions } from './app-types.ts'
import { docsServices } from './docs.ts'
import { healthServices } from './health.ts'
import { mountable, mountedApps, mountedAt, mountedUpgrades, mountsOf, remounted } from './mount.ts'
import { replyListener } from './reply-listener.ts'
import type { Mode, RunWith } from './run-options.ts'
import { securityTxtServices } from './security-txt.ts'
import { sessionServices } from './session-services.ts'
import { settingFaults } from './setting-fault.ts'
import { runOnStart } from './start-settings.ts'
import { tokenServices } from './token-services.ts'

const defaults = { port: 17010, host: '127.0.0.1' }

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
export function createApp<
  const Services extends ServiceTree,
  const Prefix extends string | false = '',
  const E extends Envelope = 'none',
>(options: AppOptions<Services, Prefix, E>): App<Services, Prefix, E> {
  // Of an app these two say something of the API as a whole.
  const { tags, version, security: _definitions, defaultSecurity, ...common } = options
  const shared: RestDefaults = { ...common, ...(defaultSecurity !== undefined && { security: defaultSecurity }) }
  const mode = options.mode ?? modeOf(process.env.NODE_ENV)
  const clock = options.clock ?? systemClock
  const secrets = createSecrets()
  for (const each of options.cookieSecrets ?? []) secrets.declare(each)
  const log = loggerOf(options.log, mode, secrets)
  const idempotency = appIdempotency(options, { clock, log, mode })
  const invoke = (name: string, input: unknown): Promise<unknown> => kernel.invoke(name, input)
  const security = appSecurity(options, { clock, log, mode, invoke, declareSecret: secrets.declare })
  const folder = options.folder ?? process.cwd()
  const tls = options.tls === undefined ? undefined : readTls(options.tls, folder)
  const faults = [
    ...settingFaults(options, clock.now()),
    ...security.faults,
    ...(tls !== undefined && 'faults' in tls ? tls.faults : []),
  ]
  if (faults.length > 0) throw new StartupError(faults)
  const development = mode === 'development'
  const own = ownKinds(nameServices(options.services))
  const problemType = problemTypeOf(
    options,
    own.map(({ code }) => code),
  )
  const kernel = createKernel({
    services: [options.services, givingWay(options.services, shared, [...builtIn(), ...security.services])],
    clock,
    newCid: options.newCid,
    log,
    unknown: options.unknown,
    before: toList(options.before),
    after: toList(options.after),
    use: options.use,
    checkOutput: mode !== 'production',
  })
  secrets.declareNames(() => declaredNames(kernel.services))
  const cache = options.responseCache ?? responseCache()
  const edge = createEdge(options, development)
  const report = (error: unknown): void =>
    log.error({ err: error }, `the server goes on after a failure: ${String(error)}`)
  const refusals = refusalsOf(shared, { development, clock, problemType, maskText: secrets.maskText }, report)
  const { methodOverride } = options
  const rest = createRest({
    kernel: options.onReply === undefined ? kernel : noting(kernel),
    defaults: shared,
    development,
    problemType,
    maskText: secrets.maskText,
    guards: security.guards,
    idempotency: idempotency.store,
    nesting: edge.firmness.limits.nesting,
    cache,
    static: options.static,
    mounts: mountsOf(options),
    methodOverride,
  })
  const answer = guarded(rest, edge, refusals)
  const upgrades = mountedUpgrades(options) || kernel.services.some(({ channels }) => channels.some(isWebSocketChannel))
  const onReply = replyListener(options, log)
  const server = createHttpServer({
    answer,
    newCid: kernel.newCid,
    onReply,
    onFault: report,
    firmness: edge.firmness,
    refusals,
    edge,
    upgrades,
  })
  const description: ApiDescription = {
    ...apiAbout({ ...common, ...(tags !== undefined && { tags }), ...(version !== undefined && { version }) }),
    ...(Object.keys(security.schemes).length > 0 && { securitySchemes: security.schemes }),
    operations: describeRest(kernel.services, shared, problemType, security.guards),
    errors: operationErrors(shared, problemType),
  }

  function builtIn(): readonly Service[] {
    const docs = options.docs === false ? [] : docsServices(docsPages(() => description, own))
    return [
      ...healthServices(() => server.stopping, options.health, development),
      apiCatalogService(docs.length > 0, mountedAt(options)),
      ...securityTxtServices(options),
      ...adminServices(options, security.admin),
      ...sessionServices(security.sessions, security.login),
      ...tokenServices(security.issuing),
      ...docs,
    ]
  }

  const close: App['close'] = async ({ deadline = edge.firmness.timeouts.stop } = {}) => {
    const began = clock.elapsed()
    const cut = await server.stop({ deadline })
    const left = (): number => Math.max(0, deadline - (clock.elapsed() - began))
    const mounted = await Promise.all(mountedApps(options).map((app) => app.close({ deadline: left() })))
    const unfinished = await kernel.close({ deadline: left() })
    await security.close()
    await idempotency.close()
    if (unfinished > 0) log.error({ unfinished }, 'background calls were cut that had not finished in time')
    return mounted.reduce((sum, each) => sum + each, cut + unfinished)
  }
  const again = (run: RunWith): App<Services, Prefix, E> =>
    createApp({ ...options, ...remounted(options, run), ...run, use: { ...options.use, ...run.use } })
  const app: App<Services, Prefix, E> = {
    get listening() {
      return server.listening
    },
    stopTimeout: edge.firmness.timeouts.stop,
    services: kernel.services,
    routes: routesOf(kernel.services, shared),
    description,
    envelope: options.envelope ?? ('none' as E),
    log,
    cache,
    invoke: ((target: never, input?: unknown) => kernel.invoke(target, input)) as Invoke,
    fetch: answerFetch({
      ...{ answer, newCid: kernel.newCid, edge, callerOf: security.callerOf },
      ...{ onStop: server.onStop, onReply, onFault: report },
    }),
    with: again,
    listen: async ({ port = defaults.port, host = defaults.host, tls: given } = {}) => {
      const read = given === undefined ? tls : readTls(given, folder)
      if (read !== undefined && 'faults' in read) throw new StartupError(read.faults)
      security.announce()
      await runOnStart(options, app)
      const address = await server.listen({ port, host, tls: read?.options })
      const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address
      const scheme = read === undefined ? 'http' : 'https'
      return { host: address.address, port: address.port, url: `${scheme}://${shown}:${address.port}` }
    },
    close,
    [Symbol.asyncDispose]: async () => void (await close()),
  }
  return mountable(app, { again, answer: rest, upgrades })
}

function modeOf(environment: string | undefined): Mode {
  return environment === 'development' || environment === 'test' ? environment : 'production'
}

function loggerOf(log: Logger | LogLevel | undefined, mode: Mode, secrets: Secrets): Logger {
  if (typeof log === 'object') return maskedLogger(log, secrets)
  const level = log ?? (mode === 'development' ? 'debug' : 'info')
  return createLog({ level, format: mode === 'development' ? 'pretty' : 'json', secrets })
}

/** The names of members that models declare secret. */
function declaredNames(services: readonly RegisteredService[]): readonly string[] {
  return services.flatMap(({ input, output, items, incoming }) =>
    [input, output, items, incoming].flatMap((model) => (model === undefined ? [] : [...declaredSecrets(model.json)])),
  )
}

/** A service built in gives way where the app serves the same address itself. */
function givingWay(tree: ServiceTree, shared: RestDefaults, builtIn: readonly Service[]): readonly Service[] {
  const own = restChannels(nameServices(tree), shared)
  const taken = new Set(own.map(({ channel }) => channel.address))
  return builtIn.filter((service) => !service.channels.some((each) => taken.has(each.address)))
}
