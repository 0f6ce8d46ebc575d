import type { CallState } from '../kernel/call-state.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { problem } from '../kernel/problem.ts'
import type { RegisteredService } from '../kernel/registry.ts'
import type { Exchange } from './exchange.ts'
import { type Gather, type Gathered, gatherer } from './gather.ts'
import { inputSources, type SourcedMember } from './input-sources.ts'
import { modelFaults } from './model-fault.ts'
import { type Reply, replier, replyProblem } from './reply.ts'
import { isRestChannel, type RestChannel, type RestDefaults } from './rest-channel.ts'
import { type Route, routeTable } from './route-table.ts'
import { renamedMembers, withSentNames } from './sent-name.ts'

/** How much a body may measure where nothing else is said, in bytes. */
export const defaultBodyLimit: number = 1024 * 1024

export interface RestSettings {
  readonly kernel: Kernel
  /** What all channels share, where neither they nor their base say otherwise. */
  readonly defaults?: RestDefaults | undefined
  /** Tells clients why an internal error came about; never set in production. */
  readonly development?: boolean | undefined
}

/** One channel, compiled. */
interface Endpoint {
  readonly entry: RegisteredService
  readonly renamed: readonly SourcedMember[]
  readonly gather: Gather
  readonly reply: Reply
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
export function createRest({ kernel, defaults, development = false }: RestSettings): AnswerRest {
  const channels = restChannels(kernel.services, defaults)
  const table = routeTable(
    channels.map(({ channel, service, target: entry }) => {
      const gather = gatherer(entry, channel, channel.options.bodyLimit ?? defaultBodyLimit)
      const renamed = renamedMembers(inputSources(channel, entry.input))
      const target: Endpoint = { entry, renamed, gather, reply: replier(channel.options) }
      return { channel, service, target }
    }),
    channels.flatMap(({ channel, target }) => modelFaults(channel, target)),
  )

  const answer = (exchange: Exchange): void => {
    let endpoint: Endpoint | undefined
    try {
      const match = table.find(exchange.method, exchange.path)
      if (match === undefined) {
        miss(exchange)
        return
      }
      endpoint = match.target
      const { entry } = endpoint
      const call = kernel.begin(entry, exchange)
      const gathered = endpoint.gather(exchange, match.params)
      const output =
        gathered instanceof Promise ? gathered.then((all) => run(entry, call, all)) : run(entry, call, gathered)
      if (output instanceof Promise) void deliver(exchange, endpoint, call, output)
      else endpoint.reply(exchange, call, output)
    } catch (error) {
      fail(exchange, error, endpoint)
    }
  }

  const run = (entry: RegisteredService, call: CallState, { raw, placeOf }: Gathered): unknown =>
    kernel.run(entry, call, raw, placeOf)

  const deliver = async (
    exchange: Exchange,
    endpoint: Endpoint,
    call: CallState,
    output: Promise<unknown>,
  ): Promise<void> => {
    try {
      endpoint.reply(exchange, call, await output)
    } catch (error) {
      fail(exchange, error, endpoint)
    }
  }

  const miss = (exchange: Exchange): void => {
    const { method, path, cid } = exchange
    const allow = table.allowed(path).join(', ')
    if (method === 'OPTIONS' && allow !== '') exchange.send(204, ['Allow', allow, 'X-Correlation-ID', cid], undefined)
    else if (path === '*') throw problem('malformed_url', 'Only OPTIONS may ask for *')
    else if (allow === '') throw problem('route_not_found', `Nothing is served at ${path}`)
    else throw problem('method_not_allowed', `${path} answers ${allow}`, { headers: { Allow: allow } })
  }

  const fail = (exchange: Exchange, error: unknown, endpoint: Endpoint | undefined): void => {
    const service = endpoint?.entry.name
    try {
      // A service that gives up because nobody waits for it does what it should.
      const givenUp = exchange.gone && isAbort(error)
      const reason = givenUp ? problem('internal_error') : kernel.problemOf(error, exchange, service)
      replyProblem(exchange, withSentNames(reason, endpoint?.renamed ?? []), development)
    } catch (fault) {
      // The problem cannot be sent as it is, or what was thrown cannot even be read.
      replyProblem(exchange, kernel.problemOf(fault, exchange, service), development)
    }
  }

  return answer
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}
