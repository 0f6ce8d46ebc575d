import { setTimeout as wait } from 'node:timers/promises'
import type { Served } from './served.ts'
import { startWorker, WorkerFailure, type WorkerHandle } from './worker-handle.ts'
import type { WorkerPlan } from './worker-plan.ts'

/** Processes that serve one app together. */
export interface Workers {
  readonly served: Served
  /** Stops them all when the calls that they have taken are finished; returns the number of connections cut at the deadline. */
  readonly stop: (deadline: number) => Promise<number>
}

/** So long is waited before a worker that could not start is started again, in milliseconds. */
const pause = 1_000

/**
 * Serves an app by several processes, and replaces those that end; `onCrash` is told of each.
 *
 * @throws WorkerFailure when one of the first ones does not serve; the others are stopped then
 */
export async function startWorkers(
  plan: WorkerPlan,
  count: number,
  onCrash: (how: number | string) => void,
): Promise<Workers> {
  const alive = new Set<WorkerHandle>()
  let stopping = false

  const start = (): WorkerHandle => {
    const worker = startWorker(plan)
    alive.add(worker)
    void worker.ended.then(() => alive.delete(worker))
    return worker
  }
  const stop = async (deadline: number): Promise<number> => {
    stopping = true
    const cut = await Promise.all([...alive].map((worker) => worker.retire(deadline).stopped))
    return cut.reduce((sum, each) => sum + each, 0)
  }
  const keep = async (worker: WorkerHandle): Promise<void> => {
    const served = worker.ready.then(
      () => true,
      () => false,
    )
    const how = await worker.ended
    if (stopping) return
    onCrash(how)
    // One that could not even start may fail again at once.
    if (!(await served)) await wait(pause)
    if (!stopping) void keep(start())
  }

  const first = Array.from({ length: count }, start)
  try {
    const [served] = await Promise.all(first.map((worker) => worker.ready))
    if (served === undefined) throw new WorkerFailure(['No worker was asked for'], false)
    for (const worker of first) void keep(worker)
    return { served, stop }
  } catch (error) {
    await stop(0)
    throw error
  }
}
