import type { CallState } from '../kernel/call-state.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import type { RegisteredService } from '../kernel/registry.ts'
import type { Exchange } from './exchange.ts'
import { type Gather, type Gathered, gatherer } from './gather.ts'
import { problemBody, problemType } from './problem-body.ts'
import { type Reply, replier } from './reply.ts'
import { isRestChannel, type RestChannel, type RestDefaults } from './rest-channel.ts'
import { type Route, routeTable } from './route-table.ts'

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
      const options: RestChannel['options'] = Object.assign({}, defaults, ...shared, channel.options)
      return { channel: { ...channel, options }, service: entry.name, target: entry }
    })
  })
}

/**
 * Compiles the REST channels of an app.
 *
 * @throws StartupError for malformed paths, and for channels that could never be reached.
 */
export function createRest({ kernel, defaults, development = false }: RestSettings): AnswerRest {
  const table = routeTable(
    restChannels(kernel.services, defaults).map(({ channel, service, target: entry }) => {
      const gather = gatherer(entry, channel, channel.options.bodyLimit ?? defaultBodyLimit)
      const target: Endpoint = { entry, gather, reply: replier(channel.options) }
      return { channel, service, target }
    }),
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
      const call = kernel.begin(endpoint.entry, exchange)
      const gathered = endpoint.gather(exchange, match.params)
      if (gathered instanceof Promise) {
        void finish(exchange, endpoint, call, gathered)
        return
      }
      const output = kernel.run(endpoint.entry, call, gathered.raw, gathered.placeOf)
      if (output instanceof Promise) void deliver(exchange, endpoint, call, output)
      else endpoint.reply(exchange, call, output)
    } catch (error) {
      fail(exchange, error, endpoint)
    }
  }

  const finish = async (
    exchange: Exchange,
    endpoint: Endpoint,
    call: CallState,
    gathering: Promise<Gathered>,
  ): Promise<void> => {
    try {
      const { raw, placeOf } = await gathering
      const output = kernel.run(endpoint.entry, call, raw, placeOf)
      endpoint.reply(exchange, call, await output)
    } catch (error) {
      fail(exchange, error, endpoint)
    }
  }

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
    const allowed = table.allowed(exchange.path)
    const allow = { Allow: allowed.join(', ') }
    if (allowed.length === 0) refuse(exchange, problem('route_not_found', `Nothing is served at ${exchange.path}`))
    else if (exchange.method === 'OPTIONS')
      exchange.send(204, ['Allow', allow.Allow, 'X-Correlation-ID', exchange.cid], undefined)
    else refuse(exchange, problem('method_not_allowed', `${exchange.path} answers ${allow.Allow}`, { headers: allow }))
  }

  const fail = (exchange: Exchange, error: unknown, endpoint: Endpoint | undefined): void => {
    refuse(exchange, kernel.problemOf(error, exchange, endpoint?.entry.name))
  }

  const refuse = (exchange: Exchange, reason: Problem): void => {
    const body = JSON.stringify(problemBody(reason, exchange.cid, development))
    const headers = [
      'Content-Type',
      problemType,
      'Content-Length',
      String(Buffer.byteLength(body)),
      'X-Correlation-ID',
      exchange.cid,
    ]
    for (const [name, value] of Object.entries(reason.headers ?? {})) headers.push(name, value)
    exchange.send(reason.status, headers, body)
  }

  return answer
}
