import type { CallState } from '../kernel/call-state.ts'
import { type Awaitable, isPromise, whenReady } from '../kernel/chain.ts'
import type { Guards } from '../kernel/guard.ts'
import type { IdempotencyStore } from '../kernel/idempotency-store.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { problem } from '../kernel/problem.ts'
import type { RegisteredService } from '../kernel/registry.ts'
import { StartupError } from '../kernel/startup-error.ts'
import { provideCache } from './cache/reply-cache.ts'
import { type ResponseCache, responseCache } from './cache/response-cache.ts'
import { corsPolicy, shareWith } from './cors/policy.ts'
import { spanned } from './edge/server-timing.ts'
import type { ErrorSurroundings } from './errors/error-renderer.ts'
import { errorReplier } from './errors/error-reply.ts'
import { createFail, type Failing, failingOf, finishLater } from './errors/fail.ts'
import { keptHeaders } from './errors/kept-headers.ts'
import { missSettings } from './errors/miss-settings.ts'
import type { ProblemType } from './errors/problem-type.ts'
import { errorFaults } from './errors/shapes.ts'
import type { Exchange } from './exchange.ts'
import type { Endpoint, Gate, GateContext, RestApp } from './feature.ts'
import { features } from './features.ts'
import { gateOf, missGateOf } from './gates.ts'
import { notingDone } from './idempotency/once.ts'
import { type Gathered, gatherer } from './input/gather.ts'
import { deepestNesting } from './input/json-body.ts'
import { modelFaults } from './input/model-fault.ts'
import { findMount, hiddenMounts, type Mount } from './mount/mounts.ts'
import { replier } from './reply/reply.ts'
import { representationsOf } from './represent/representations.ts'
import { isImplemented, type RestChannel, type RestDefaults } from './rest-channel.ts'
import { restChannels } from './rest-channels.ts'
import { type MethodOverride, overrideMethod } from './route/method-override.ts'
import { type RouteTable, routeTable } from './route/route-table.ts'
import type { StaticSettings } from './static/settings.ts'
import { streamReplier } from './stream/stream-reply.ts'
import { chooseVersion } from './versions/choose-version.ts'
import { createSockets } from './websocket/sockets.ts'

export interface RestSettings extends StaticSettings {
  readonly kernel: Kernel
  /** What all channels share, where neither they nor their base say otherwise. */
  readonly defaults?: RestDefaults | undefined
  /** Tells clients why an internal error came about; never set in production. */
  readonly development?: boolean | undefined
  /** Where the pages of the problems' codes are. */
  readonly problemType?: ProblemType | undefined
  /** How deep bodies may nest; 256 levels if it is not given. */
  readonly nesting?: number | undefined
  /** Makes what stands in front of the channels; nothing where everybody may call. */
  readonly guards?: Guards | undefined
  /** Keeps which calls with an `Idempotency-Key` have been done. */
  readonly idempotency?: IdempotencyStore | undefined
  /** Keeps secrets out of what clients are told in development. */
  readonly maskText?: ((text: string) => string) | undefined
  /** Keeps replies for the channels that have `cache`; a new one if it is not given. */
  readonly cache?: ResponseCache | undefined
  /** What answers below a prefix where no channel does. */
  readonly mounts?: readonly Mount[] | undefined
  /** Whether, and by which header, a POST may ask to be taken for another method. */
  readonly methodOverride?: MethodOverride | undefined
}

/** One channel, compiled. */
interface CompiledEndpoint extends Endpoint, Failing {
  readonly gate: Gate | undefined
}

/** Answers an exchange; it never throws. */
export type AnswerRest = (exchange: Exchange) => void

/**
 * Compiles the REST channels of an app.
 *
 * @throws StartupError for malformed channels, and for those that could never be reached.
 */
export function createRest({
  kernel,
  defaults = {},
  development = false,
  problemType,
  nesting = deepestNesting,
  cache = responseCache(),
  guards,
  idempotency,
  maskText,
  mounts = [],
  methodOverride = false,
  static: folders,
}: RestSettings): AnswerRest {
  const surroundings: ErrorSurroundings = { development, clock: kernel.clock, problemType, maskText }
  const atMiss = missSettings(kernel.services, defaults, (settings) => missing(settings, surroundings))
  const fail = createFail(kernel, surroundings, (path) => atMiss(path).refuse, guards?.refused)
  const channels = restChannels(kernel.services, defaults)
  const shared = { kernel, defaults, development, nesting, cache, guards, idempotency, static: folders }
  const app: RestApp = { ...shared, routes: channels }
  provideCache(kernel, cache)
  const context: GateContext = { ...app, table: () => table }
  const table: RouteTable<CompiledEndpoint> = routeTable(
    channels.map(({ channel, service, target: entry }) => {
      return { channel, service, target: compiled(channel, entry, context, surroundings) }
    }),
    channels.flatMap((route) => [
      ...modelFaults(route.channel, route.target),
      ...errorFaults(route),
      ...features.flatMap(({ faults }) => faults?.(route, app) ?? []),
    ]),
  )
  const hidden = hiddenMounts(mounts, table)
  if (hidden.length > 0) throw new StartupError(hidden)
  const mountAt = findMount(mounts)
  const missGate = missGateOf(context)
  const choose = chooseVersion(table)

  const answer = (exchange: Exchange): void => {
    let endpoint: CompiledEndpoint | undefined
    let call: CallState | undefined
    try {
      const match = found(exchange)
      let done: Awaitable<void>
      if (match === undefined) {
        const mounted = mountAt?.(exchange.path)
        if (mounted !== undefined && table.allowed(exchange.path).length === 0) done = mounted(exchange)
        else done = whenReady(missGate?.(exchange), (passed) => (passed === undefined ? miss(exchange) : undefined))
      } else {
        endpoint = choose === undefined ? match.target : choose(exchange, match.target)
        call = kernel.begin(endpoint.entry, exchange)
        done = serve(endpoint, exchange, call, match.params)
      }
      if (isPromise(done)) done.catch((error: unknown) => fail(exchange, error, endpoint, call))
    } catch (error) {
      fail(exchange, error, endpoint, call)
    }
  }

  /** What cannot be routed for its URL is refused as all else is: such that pages of other origins may read it. */
  const found = (exchange: Exchange): ReturnType<typeof table.find> => {
    try {
      return table.find(exchange.method, exchange.path)
    } catch (error) {
      shareWith(exchange, atMiss(exchange.path).cors)
      throw error
    }
  }

  const serve = (
    endpoint: CompiledEndpoint,
    exchange: Exchange,
    call: CallState,
    params: readonly string[],
  ): Awaitable<void> => {
    if (endpoint.gate === undefined) return endpoint.serve(exchange, call, params)
    const passing = endpoint.gate(exchange, call, params)
    // Most gates let calls pass at once, which then costs no closure.
    if (passing === undefined) return endpoint.serve(exchange, call, params)
    return whenReady(passing, (passed) => (passed === undefined ? endpoint.serve(exchange, call, params) : undefined))
  }

  const miss = (exchange: Exchange): Awaitable<void> => {
    const { method, base, path, cid } = exchange
    const allow = table.allowed(path).join(', ')
    if (method === 'OPTIONS' && allow !== '') {
      const headers = ['Allow', allow, 'X-Correlation-ID', cid, ...atMiss(path).headers]
      return exchange.reply(204, headers, undefined)
    }
    if (!isImplemented(method)) {
      const headers = allow === '' ? {} : { Allow: allow }
      const refusal = problem('not_implemented', `The method ${method} is not implemented here`, { headers })
      return atMiss(path).refuse(exchange, refusal)
    }
    if (path === '*') throw problem('malformed_url', 'Only OPTIONS may ask for *')
    if (allow === '') throw problem('route_not_found', `Nothing is served at ${base}${path}`)
    throw problem('method_not_allowed', `${base}${path} answers ${allow}`, { headers: { Allow: allow } })
  }

  const sockets = createSockets(context, surroundings, fail)
  const answerAny: AnswerRest =
    sockets === undefined
      ? answer
      : (exchange) => {
          if (!sockets(exchange)) answer(exchange)
        }
  const override = overrideMethod(methodOverride)
  if (override === undefined) return answerAny
  return (exchange) => {
    try {
      override(exchange)
    } catch (error) {
      shareWith(exchange, atMiss(exchange.path).cors)
      return fail(exchange, error, undefined, undefined)
    }
    answerAny(exchange)
  }
}

/** What holds where no channel answers. */
function missing(settings: RestDefaults, surroundings: ErrorSurroundings) {
  return {
    refuse: errorReplier(settings, surroundings),
    cors: corsPolicy(settings.cors),
    headers: keptHeaders(Object.entries(settings.headers ?? {}).flat()),
  }
}

function compiled(
  channel: RestChannel,
  entry: RegisteredService,
  context: GateContext,
  surroundings: ErrorSurroundings,
): CompiledEndpoint {
  const { kernel, nesting } = context
  const gather = spanned('gather', gatherer(entry, channel, nesting), channel, context)
  const replies =
    entry.items === undefined
      ? replier(channel.options, representationsOf(channel, entry))
      : streamReplier(channel.options, entry, kernel, surroundings)
  const reply = spanned('reply', notingDone(replies, channel), channel, context)
  const handle = (exchange: Exchange, call: CallState, { raw, placeOf }: Gathered): Awaitable<void> => {
    const output = kernel.run(entry, call, raw, placeOf)
    if (output instanceof Promise) return output.then((value) => finish(exchange, call, value))
    return finish(exchange, call, output)
  }
  const run = spanned('handle', handle, channel, context)
  const finish = (exchange: Exchange, call: CallState, output: unknown): Awaitable<void> => {
    const sent = reply(exchange, call, output)
    // A call whose output is a stream goes on.
    if (entry.items === undefined) finishLater(kernel, exchange, call, true)
    return sent
  }
  const endpoint: Endpoint = {
    channel,
    entry,
    gather,
    serve: (exchange, call, params) => {
      const gathered = gather(exchange, params, call)
      if (gathered instanceof Promise) return gathered.then((all) => run(exchange, call, all))
      return run(exchange, call, gathered)
    },
  }
  return { ...endpoint, ...failingOf(channel, entry, surroundings), gate: gateOf(endpoint, context) }
}
