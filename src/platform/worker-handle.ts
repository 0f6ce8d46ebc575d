import cluster from 'node:cluster'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartupError } from '../kernel/startup-error.ts'
import type { Served } from './served.ts'
import type { SupervisorMessage, WorkerMessage, WorkerPlan } from './worker-plan.ts'

/** A process that serves an app, as its supervisor holds it. All workers of a supervisor share the sockets they listen on. */
export interface WorkerHandle {
  /** What it serves, once it does. Rejects with {@link WorkerFailure} when it cannot. */
  readonly ready: Promise<Served>
  /** Fulfils when the process has ended, with how: an exit code or a signal. */
  readonly ended: Promise<number | string>
  /**
   * Lets it stop without losing a call: what is in flight gets `deadline` milliseconds. The first promise fulfils when it
   * takes no new connections any more, the second when it has ended, with the number of connections that were cut.
   */
  readonly retire: (deadline: number) => { readonly released: Promise<void>; readonly stopped: Promise<number> }
}

/** Why a worker does not serve, in words for the one who started it. */
export class WorkerFailure extends StartupError {
  /** Whether a change of the app may help. */
  readonly mendable: boolean

  constructor(reasons: readonly string[], mendable: boolean) {
    super(reasons)
    this.mendable = mendable
  }
}

/** A worker that is busy beyond its deadline for so long, in milliseconds, will not end by itself. */
const grace = 2_000

type Hearing = { readonly [Type in WorkerMessage['type']]: (message: Extract<WorkerMessage, { type: Type }>) => void }

/** Starts a worker. */
export function startWorker(plan: WorkerPlan): WorkerHandle {
  const exec = fileURLToPath(new URL(`./worker${extname(import.meta.url)}`, import.meta.url))
  cluster.setupPrimary({ exec, args: [JSON.stringify(plan)] })
  const worker = cluster.fork()
  const ready = Promise.withResolvers<Served>()
  const released = Promise.withResolvers<void>()
  let cut = 0
  const send = (message: SupervisorMessage): void => {
    if (worker.isConnected()) worker.send(message)
  }

  const hear: Hearing = {
    ready: ({ served }) => ready.resolve(served),
    failed: ({ reasons, mendable }) => ready.reject(new WorkerFailure(reasons, mendable)),
    released: () => {
      send({ type: 'leave' })
      released.resolve()
    },
    stopped: (message) => {
      cut = message.cut
    },
  }
  // The app shares the channel, and may say things to a process manager that it does not run under.
  worker.on('message', (message: unknown) => {
    if (isWorkerMessage(message)) hear[message.type](message as never)
  })

  const exited = new Promise<number | string>((resolve) =>
    worker.once('exit', (code: number | null, signal: string | null) => resolve(signal ?? code ?? 0)),
  )
  // What it said last may arrive after its end is known; a closed channel has delivered all.
  const silent = new Promise<void>((resolve) => worker.once('disconnect', () => resolve()))
  const ended = Promise.all([exited, silent]).then(([how]) => {
    ready.reject(new WorkerFailure([`The app ended (${how}) before it served`], true))
    released.resolve()
    return how
  })
  // Those who ask are told; nobody has to.
  ready.promise.catch(() => undefined)

  return {
    ready: ready.promise,
    ended,
    retire: (deadline) => {
      const timer = setTimeout(() => worker.process.kill('SIGKILL'), deadline + grace)
      send({ type: 'stop', deadline })
      const stopped = ended.then(() => {
        clearTimeout(timer)
        return cut
      })
      return { released: released.promise, stopped }
    },
  }
}

const types: ReadonlySet<unknown> = new Set<WorkerMessage['type']>(['ready', 'failed', 'released', 'stopped'])

function isWorkerMessage(message: unknown): message is WorkerMessage {
  return typeof message === 'object' && message !== null && 'type' in message && types.has(message.type)
}
