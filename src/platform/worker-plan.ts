import type { Mode } from './app-options.ts'
import type { Address } from './listen-fault.ts'
import type { Served } from './served.ts'

/** What a worker is to serve, where, and how. */
export interface WorkerPlan extends Address {
  /** The folder of the app, absolute. */
  readonly folder: string
  readonly mode: Mode
}

/** What a supervisor tells a worker: to stop, and how long calls in flight may take, in milliseconds. */
export interface StopMessage {
  readonly deadline: number
}

/** What a worker tells its supervisor. */
export type WorkerMessage =
  | { readonly type: 'ready'; readonly served: Served }
  | { readonly type: 'failed'; readonly reasons: readonly string[]; readonly mendable: boolean }
  /** It takes no new connections any more. */
  | { readonly type: 'released' }
  /** All is done, but for so many connections that had to be cut. */
  | { readonly type: 'stopped'; readonly cut: number }
