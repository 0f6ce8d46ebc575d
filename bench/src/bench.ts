import { type Contender, chooseContenders } from './contenders.ts'
import { type Figure, sumUp } from './figures.ts'
import { type Job, jobs } from './jobs.ts'
import { startLoad } from './load.ts'
import { loadNow, type Machine } from './machine.ts'
import type { Settings } from './options.ts'
import { measure, type Sample } from './round.ts'
import { type RunningServer, start } from './running.ts'
import type { ServerName } from './servers.ts'
import { verify } from './verify.ts'

/** All that a run found out. */
export interface Outcome {
  /** The servers that took part, with their versions. */
  readonly labels: readonly string[]
  /** The best start-up of each server, in milliseconds. */
  readonly startUps: Readonly<Partial<Record<ServerName, number>>>
  readonly figures: readonly Figure[]
  readonly samples: readonly Sample[]
  readonly loadAfter: number
}

/** Runs the bench; `tell` hears what a person who waits wants to know. */
export async function runBench(settings: Settings, machine: Machine, tell: (line: string) => void): Promise<Outcome> {
  const { contenders, notes } = chooseContenders(settings)
  for (const note of notes) tell(note)
  const chosen = jobs.filter((job) => settings.jobs.includes(job.name))

  await using stack = new AsyncDisposableStack()
  const load = stack.use(startLoad(machine.pins?.load))
  const { best, running } = await startAll(contenders, settings.starts, machine, tell)
  for (const server of running) stack.use(server)
  if (running.length === 0) throw new Error('No server could be started, so there is nothing to measure.')

  for (const server of running) for (const job of chosen) await verify(server, job)

  const pass = async (round: number, seconds: number): Promise<Sample[]> => {
    const samples: Sample[] = []
    // Servers change fastest, so that those compared meet the same neighbours.
    for (const [job, server] of pairs(chosen, running)) {
      samples.push(await measure(server, job, round, load, { connections: settings.connections, seconds }))
    }
    return samples
  }
  tell('Warming up.')
  await pass(0, settings.warmUp)
  const samples: Sample[] = []
  for (let round = 1; round <= settings.rounds; round++) {
    tell(`Round ${round} of ${settings.rounds}.`)
    samples.push(...(await pass(round, settings.seconds)))
  }
  return {
    labels: running.map(({ contender }) => contender.label),
    startUps: Object.fromEntries(best),
    figures: sumUp(samples),
    samples,
    loadAfter: loadNow(),
  }
}

function pairs(chosen: readonly Job[], running: readonly RunningServer[]): [Job, RunningServer][] {
  return chosen.flatMap((job) => running.map((server): [Job, RunningServer] => [job, server]))
}

/** Starts every server `starts` times, in turns; the last time it stays. One that fails is left out, with its reason. */
async function startAll(
  contenders: readonly Contender[],
  starts: number,
  machine: Machine,
  tell: (line: string) => void,
): Promise<{ readonly best: ReadonlyMap<ServerName, number>; readonly running: readonly RunningServer[] }> {
  const best = new Map<ServerName, number>()
  const running: RunningServer[] = []
  const failed = new Set<ServerName>()
  tell('Starting and stopping the servers.')
  for (let turn = 1; turn <= starts; turn++) {
    for (const contender of contenders) {
      const { name } = contender
      if (failed.has(name)) continue
      try {
        const server = await start(contender, machine.pins?.server)
        best.set(name, Math.min(server.startUp, best.get(name) ?? Number.POSITIVE_INFINITY))
        if (turn === starts) running.push(server)
        else await server[Symbol.asyncDispose]()
      } catch (error) {
        failed.add(name)
        tell(`${name} is left out, because it did not start: ${error instanceof Error ? error.message : error}`)
      }
    }
  }
  return { best, running }
}
