import { CallState } from '../kernel/call-state.ts'
import { type Awaitable, isPromise, whenReady } from '../kernel/chain.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { problem } from '../kernel/problem.ts'
import type { RegisteredService } from '../kernel/registry.ts'
import type { Exchange } from './exchange.ts'
import type { Endpoint, Gate, GateContext, RestApp } from './feature.ts'
import { features } from './features.ts'
import { gateOf, missGateOf } from './gates.ts'
import { type Gathered, gatherer } from './input/gather.ts'
import { inputSources, type SourcedMember } from './input/input-sources.ts'
import { modelFaults } from './input/model-fault.ts'
import { renamedMembers, withSentNames } from './input/sent-name.ts'
import { replier, replyProblem } from './reply/reply.ts'
import { isRestChannel, type RestChannel, type RestDefaults } from './rest-channel.ts'
import { type Route, type RouteTable, routeTable } from './route/route-table.ts'

export interface RestSettings {
  readonly kernel: Kernel
  /** What all channels share, where neither they nor their base say otherwise. */
  readonly defaults?: RestDefaults | undefined
  /** Tells clients why an internal error came about; never set in production. */
  readonly development?: boolean | undefined
}

/** One channel, compiled. */
interface CompiledEndpoint extends Endpoint {
  readonly renamed: readonly SourcedMember[]
  readonly gate: Gate | undefined
}

/** Answers an exchange; it never throws. */
export type AnswerRest = (exchange: Exchange) => void

/** The REST channels of all services, each with its settings in full. */
export function restChannels(
  services: readonly RegisteredService[],
  defaults: RestDefaults = {},
): Route<RegisteredService>[] {
  return services.flatMap((entry) => {
    const shared = entry.service.channelDefaults.filter((each) => each.kind === 'rest').map((each) => each.defaults)
    return entry.channels.filter(isRestChannel).map((channel) => {
      const layers: readonly RestDefaults[] = [defaults, ...shared, channel.options]
      const headers: RestDefaults['headers'] = Object.assign({}, ...layers.map((each) => each.headers))
      const options: RestChannel['options'] = Object.assign({}, ...layers, { headers })
      return { channel: { ...channel, options }, service: entry.name, target: entry }
    })
  })
}

/**
 * Compiles the REST channels of an app.
 *
 * @throws StartupError for malformed channels, and for those that could never be reached.
 */
export function createRest({ kernel, defaults = {}, development = false }: RestSettings): AnswerRest {
  const app: RestApp = { kernel, defaults, development }
  const context: GateContext = { ...app, table: () => table }
  const channels = restChannels(kernel.services, defaults)
  const table: RouteTable<CompiledEndpoint> = routeTable(
    channels.map(({ channel, service, target: entry }) => {
      return { channel, service, target: compiled(channel, entry, context) }
    }),
    channels.flatMap((route) => [
      ...modelFaults(route.channel, route.target),
      ...features.flatMap(({ faults }) => faults?.(route, app) ?? []),
    ]),
  )
  const missGate = missGateOf(context)

  const answer = (exchange: Exchange): void => {
    let endpoint: CompiledEndpoint | undefined
    let call: CallState | undefined
    try {
      const match = table.find(exchange.method, exchange.path)
      endpoint = match?.target
      let done: Awaitable<void>
      if (match === undefined) {
        done = whenReady(missGate?.(exchange), (passed) => (passed === undefined ? miss(exchange) : undefined))
      } else {
        call = kernel.begin(match.target.entry, exchange)
        done = serve(match.target, exchange, call, match.params)
      }
      if (isPromise(done)) done.catch((error: unknown) => fail(exchange, error, endpoint, call))
    } catch (error) {
      fail(exchange, error, endpoint, call)
    }
  }

  const serve = (
    endpoint: CompiledEndpoint,
    exchange: Exchange,
    call: CallState,
    params: readonly string[],
  ): Awaitable<void> => {
    if (endpoint.gate === undefined) return endpoint.serve(exchange, call, params)
    return whenReady(endpoint.gate(exchange, call, params), (passed) =>
      passed === undefined ? endpoint.serve(exchange, call, params) : undefined,
    )
  }

  const miss = (exchange: Exchange): Awaitable<void> => {
    const { method, path, cid } = exchange
    const allow = table.allowed(path).join(', ')
    if (method === 'OPTIONS' && allow !== '') {
      return exchange.reply(204, ['Allow', allow, 'X-Correlation-ID', cid], undefined)
    }
    if (path === '*') throw problem('malformed_url', 'Only OPTIONS may ask for *')
    if (allow === '') throw problem('route_not_found', `Nothing is served at ${path}`)
    throw problem('method_not_allowed', `${path} answers ${allow}`, { headers: { Allow: allow } })
  }

  const fail = (
    exchange: Exchange,
    error: unknown,
    endpoint: CompiledEndpoint | undefined,
    call: CallState | undefined,
  ): void => {
    const service = endpoint?.entry.name
    const again = (fault: unknown): void => fail(exchange, fault, endpoint, call)
    if (call !== undefined) finishLater(kernel, exchange, call, false)
    try {
      // A service that gives up because nobody waits for it does what it should.
      const givenUp = exchange.gone && isAbort(error)
      const reason = givenUp ? problem('internal_error') : kernel.problemOf(error, exchange, service)
      const done = replyProblem(exchange, withSentNames(reason, endpoint?.renamed ?? []), development)
      // A filter that fails is gone, so that this comes to an end.
      if (isPromise(done)) done.catch(again)
    } catch (fault) {
      // The problem cannot be sent as it is, or what was thrown cannot even be read.
      replyProblem(exchange, kernel.problemOf(fault, exchange, service), development)
    }
  }

  return answer
}

function compiled(channel: RestChannel, entry: RegisteredService, context: GateContext): CompiledEndpoint {
  const { kernel } = context
  const gather = gatherer(entry, channel)
  const reply = replier(channel.options)
  const run = (exchange: Exchange, call: CallState, { raw, placeOf }: Gathered): Awaitable<void> => {
    const output = kernel.run(entry, call, raw, placeOf)
    if (output instanceof Promise) return output.then((value) => finish(exchange, call, value))
    return finish(exchange, call, output)
  }
  const finish = (exchange: Exchange, call: CallState, output: unknown): Awaitable<void> => {
    const sent = reply(exchange, call, output)
    finishLater(kernel, exchange, call, true)
    return sent
  }
  const endpoint: Endpoint = {
    channel,
    entry,
    serve: (exchange, call, params) => {
      const gathered = gather(exchange, params, call)
      if (gathered instanceof Promise) return gathered.then((all) => run(exchange, call, all))
      return run(exchange, call, gathered)
    },
  }
  const renamed = renamedMembers(inputSources(channel, entry.input))
  return { ...endpoint, renamed, gate: gateOf(endpoint, context) }
}

function finishLater(kernel: Kernel, exchange: Exchange, call: CallState, succeeded: boolean): void {
  if (CallState.hasMore(call)) exchange.onFinish(() => kernel.finish(call, succeeded))
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}
