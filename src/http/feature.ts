import type { CallState } from '../kernel/call-state.ts'
import type { Awaitable } from '../kernel/chain.ts'
import type { Guards } from '../kernel/guard.ts'
import type { IdempotencyStore } from '../kernel/idempotency-store.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Operation } from '../kernel/operation.ts'
import type { RegisteredService } from '../kernel/registry.ts'
import type { ResponseCache } from './cache/response-cache.ts'
import type { Exchange } from './exchange.ts'
import type { Gather } from './input/gather.ts'
import type { RestChannel, RestDefaults } from './rest-channel.ts'
import type { Route, RouteTable } from './route/route-table.ts'
import type { StaticSettings } from './static/settings.ts'

/** Whether a gate has answered the exchange by itself, so that nothing behind it runs. */
export type Passed = Awaitable<'answered' | undefined>

/** Runs before the input is read: it may refuse by throwing a problem, answer by itself, or filter the reply. */
export type Gate = (exchange: Exchange, call: CallState, params: readonly string[]) => Passed

/** Runs where no channel answers, in front of the 404, the 405 and the automatic OPTIONS. */
export type MissGate = (exchange: Exchange) => Passed

/** What the REST channels of an app have in common. */
export interface RestApp {
  readonly kernel: Kernel
  readonly defaults: RestDefaults
  /** Tells clients why an internal error came about; never set in production. */
  readonly development: boolean
  /** All REST channels, each with its settings in full. */
  readonly routes: readonly Route<RegisteredService>[]
  /** How deep bodies and names in queries may nest. */
  readonly nesting: number
  /** Keeps replies for the channels that have `cache`. */
  readonly cache: ResponseCache
  /** Makes what stands in front of the channels; nothing where everybody may call. */
  readonly guards?: Guards | undefined
  /** Keeps which calls with an `Idempotency-Key` have been done. */
  readonly idempotency?: IdempotencyStore | undefined
  /** Folders of files that are served where no channel answers. */
  readonly static?: StaticSettings['static']
}

/** One channel, as its gates know it. */
export interface Endpoint {
  readonly channel: RestChannel
  readonly entry: RegisteredService
  /** Puts the raw input of a call together. */
  readonly gather: Gather
  /** Reads the input, runs the service and replies, past all gates. */
  readonly serve: (exchange: Exchange, call: CallState, params: readonly string[]) => Awaitable<void>
}

/** What a gate may know of the app when it runs; the table is whole only then. */
export interface GateContext extends RestApp {
  readonly table: () => RouteTable<Endpoint>
}

/**
 * One ability of the REST channel that not every channel uses. What it has no gate for costs nothing: gates are asked
 * for once, when the app starts.
 */
export interface Feature {
  /** What is wrong with the channel's settings, as whole sentences that say how to mend it. */
  readonly faults?: (route: Route<RegisteredService>, context: RestApp) => readonly string[]
  /** The gate of a channel; none when it does not use the feature. */
  readonly gate?: (endpoint: Endpoint, context: GateContext) => Gate | undefined
  /** Whether the gate stands in front of WebSocket handshakes, too. */
  readonly handshakes?: boolean
  /** The gate where no channel answers. */
  readonly miss?: (context: GateContext) => MissGate | undefined
  /** Adds what the feature means to clients to the description of the channel. */
  readonly describe?: (
    operation: Operation,
    channel: RestChannel,
    entry: RegisteredService,
    services: readonly RegisteredService[],
    routes: readonly Route<RegisteredService>[],
    guards?: Guards,
  ) => Operation
}
