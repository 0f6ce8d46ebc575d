import type { Command } from 'commander'
import { createLog } from '../observe/log.ts'
import { useAppEnvironment } from '../platform/environment.ts'
import { listen } from '../platform/listen-fault.ts'
import { openApp } from '../platform/open-app.ts'
import { type Served, servedBy } from '../platform/served.ts'
import type { WorkerPlan } from '../platform/worker-plan.ts'
import { addressOf, declareAddress } from './address.ts'
import { appOf, declareApp } from './app-argument.ts'
import { announcement, banner } from './banner.ts'
import { dataOf, declareData } from './data-folder.ts'
import { failure, usageError } from './failure.ts'
import { complain, print } from './output.ts'
import { stopSignal } from './stop-signal.ts'

/** An app that is being served, by this process or by several. */
interface Running {
  readonly served: Served
  /** Stops without losing a call, and returns the number of calls cut after `deadline` milliseconds. */
  readonly stop: (deadline: number) => Promise<number>
}

export function declare(command: Command): void {
  declareData(declareAddress(declareApp(command))).option('--workers <number>', 'how many processes serve it', '1')
}

export async function run(command: Command): Promise<number> {
  const folder = appOf(command)
  useAppEnvironment(folder)
  const plan: WorkerPlan = { folder, mode: 'production', ...addressOf(command, process.env), ...dataOf(command) }
  const workers = workersOf(command)
  const { served, stop } = await (workers === 1 ? serveHere(plan) : serveByWorkers(plan, workers))
  const signalled = stopSignal()
  await (process.stdout.isTTY ? print(banner(served, performance.now())) : say(announcement(served)))

  await say(`${await signalled}: stopping, and finishing the calls in flight`)
  const cut = await stop(served.stopTimeout)
  if (cut === 0) return 0
  const calls = cut === 1 ? '1 call was' : `${cut} calls were`
  throw failure(`${calls} cut, not finished ${served.stopTimeout / 1000} seconds after the signal to stop`)
}

async function serveHere(plan: WorkerPlan): Promise<Running> {
  const { folder, mode, data } = plan
  const { app } = await openApp(folder, { mode, ...(data !== undefined && { data }) })
  const listening = await listen(app, plan)
  return { served: servedBy(app, listening), stop: (deadline) => app.close({ deadline }) }
}

async function serveByWorkers(plan: WorkerPlan, count: number): Promise<Running> {
  // Loaded here, because most servers have one process, and start faster without it.
  const { startWorkers } = await import('../platform/workers.ts')
  return startWorkers(plan, count, (how) => void complain(`A worker ended (${how}); another takes its place`))
}

function workersOf(command: Command): number {
  const { workers } = command.opts<{ workers: string }>()
  const count = /^\d{1,4}$/.test(workers) ? Number(workers) : 0
  if (count >= 1) return count
  throw usageError(`--workers is '${workers}': give the number of processes, such as 4`)
}

/** Says something on standard output: to a person as it is, to a machine as a line of the log. */
async function say(sentence: string): Promise<void> {
  if (process.stdout.isTTY) await print(sentence)
  else createLog({ level: 'info', format: 'json' }).info(sentence)
}
