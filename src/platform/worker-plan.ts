import type { Address } from './listen-fault.ts'
import type { Mode } from './run-options.ts'
import type { Served } from './served.ts'

/** What a worker is to serve, where, and how. */
export interface WorkerPlan extends Address {
  /** The folder of the app, absolute. */
  readonly folder: string
  readonly mode: Mode
  /** The folder for what has to outlast the process, absolute; that of the app's environment if it is not given. */
  readonly data?: string
}

/** What a supervisor tells a worker. */
export type SupervisorMessage =
  /** To stop; calls in flight may take so many milliseconds. */
  | { readonly type: 'stop'; readonly deadline: number }
  /** That no connection is on its way to it any more. */
  | { readonly type: 'leave' }

/** What a worker tells its supervisor. */
export type WorkerMessage =
  | { readonly type: 'ready'; readonly served: Served }
  | { readonly type: 'failed'; readonly reasons: readonly string[]; readonly mendable: boolean }
  /** It takes no new connections any more. */
  | { readonly type: 'released' }
  /** All is done, but for so many connections that had to be cut. */
  | { readonly type: 'stopped'; readonly cut: number }
