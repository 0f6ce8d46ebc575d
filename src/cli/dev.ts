import type { Command } from 'commander'
import { appEnvironment } from '../platform/environment.ts'
import { existingFolder } from '../platform/existing-folder.ts'
import { createGenerations, type Generations } from '../platform/generations.ts'
import { watchFolder } from '../platform/watched-folder.ts'
import type { WorkerPlan } from '../platform/worker-plan.ts'
import { addressOf, declareAddress } from './address.ts'
import { appOf, declareApp } from './app-argument.ts'
import { banner } from './banner.ts'
import { dataOf, declareData } from './data-folder.ts'
import { explanation } from './explanation.ts'
import { complain, print } from './output.ts'
import { stopSignal } from './stop-signal.ts'

/** How long calls in flight may take when the one who develops stops the app, in milliseconds. */
const deadline = 1_000

/** A start that takes longer than so many milliseconds deserves a word. */
const patience = 10_000
const stillLoading = `The app is still loading after ${patience / 1000} seconds: a top-level await or a loop may hold it up`

export function declare(command: Command): void {
  declareData(declareAddress(declareApp(command)))
}

export async function run(command: Command): Promise<number> {
  const folder = existingFolder(appOf(command))
  const generations = createGenerations((how) => {
    void complain(`The app ended while it was serving (${how}): mend it and save, and it starts again`)
  })
  const renewed = async (files: readonly string[]): Promise<void> => renew(generations, planOf(command, folder), files)
  using _watch = watchFolder(folder, (files) => {
    renewed(files).catch((error: unknown) => complain(explanation(error)))
  })
  const stopped = stopSignal()
  // That the app cannot be served at all ends the command; a signal ends it too.
  await Promise.race([stopped, renewed([]).then(() => stopped)])
  await generations.stop(deadline)
  return 0
}

/** What to serve now: the environment of the app may have changed since the last time. */
function planOf(command: Command, folder: string): WorkerPlan {
  return { folder, mode: 'development', ...addressOf(command, appEnvironment(folder)), ...dataOf(command) }
}

async function renew(generations: Generations, plan: WorkerPlan, files: readonly string[]): Promise<void> {
  const { serving: before } = generations
  const began = files.length === 0 ? 0 : performance.now()
  const waiting = setTimeout(complain, patience, stillLoading)
  const renewal = await generations.renew(plan).finally(() => clearTimeout(waiting))
  if (renewal.outcome === 'superseded') return
  const { serving } = generations
  if (renewal.outcome === 'serving') {
    const took = performance.now() - began
    const moved = renewal.served.url !== before?.url
    await print(moved ? banner(renewal.served, took) : `Reloaded in ${Math.round(took)} ms: ${listed(files)}`)
  } else if (files.length === 0 && !renewal.failure.mendable) {
    throw renewal.failure
  } else {
    const state = serving === undefined ? 'Nothing is served yet' : 'The last version that started is still served'
    await complain(`${explanation(renewal.failure)}\n${state}: mend this and save\n`)
  }
}

function listed([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`
}
