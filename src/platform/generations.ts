import type { Served } from './served.ts'
import { startWorker, WorkerFailure, type WorkerHandle } from './worker-handle.ts'
import type { WorkerPlan } from './worker-plan.ts'

/** How the start of a generation went. `superseded`: a newer one was started in the meantime. */
export type Renewal =
  | { readonly outcome: 'serving'; readonly served: Served }
  | { readonly outcome: 'failed'; readonly failure: WorkerFailure }
  | { readonly outcome: 'superseded' }

/** Serves an app by one process at a time, each with the code of its time. */
export interface Generations {
  /** What is served now. */
  readonly serving: Served | undefined
  /**
   * Starts a process with the code of now. When it serves, it has taken over, and the one before finishes what it has
   * begun; when it fails, nothing changes.
   */
  readonly renew: (plan: WorkerPlan) => Promise<Renewal>
  /** Stops; calls in flight get so many milliseconds. */
  readonly stop: (deadline: number) => Promise<void>
}

/** How long a call may take that began before a newer generation took over, in milliseconds. */
const patience = 10_000

/** Makes generations; `onCrash` is told when a process ends that was serving and not asked to stop. */
export function createGenerations(onCrash: (how: number | string) => void): Generations {
  const alive = new Set<WorkerHandle>()
  let current: { readonly worker: WorkerHandle; readonly served: Served } | undefined
  let next: WorkerHandle | undefined

  const crashed = (worker: WorkerHandle, how: number | string): void => {
    alive.delete(worker)
    if (current?.worker !== worker) return
    current = undefined
    onCrash(how)
  }

  return {
    get serving() {
      return current?.served
    },
    renew: async (plan) => {
      next?.retire(0)
      const worker = startWorker(plan)
      next = worker
      alive.add(worker)
      void worker.ended.then((how) => crashed(worker, how))
      const renewal = await renewalOf(worker)
      if (next !== worker) return { outcome: 'superseded' }
      next = undefined
      if (renewal.outcome === 'failed') return renewal
      const before = current
      current = { worker, served: renewal.served }
      await before?.worker.retire(patience).released
      return renewal
    },
    stop: async (deadline) => {
      current = undefined
      next = undefined
      await Promise.all([...alive].map((worker) => worker.retire(deadline).stopped))
    },
  }
}

async function renewalOf(worker: WorkerHandle): Promise<Exclude<Renewal, { outcome: 'superseded' }>> {
  try {
    return { outcome: 'serving', served: await worker.ready }
  } catch (error) {
    if (!(error instanceof WorkerFailure)) throw error
    return { outcome: 'failed', failure: error }
  }
}
