import type { JobName } from './jobs.ts'
import type { Sample } from './round.ts'
import { bare, type ServerName } from './servers.ts'

/** What all rounds of one server and job say together. */
export interface Figure {
  readonly job: JobName
  readonly server: ServerName
  /** Microseconds of CPU for each request: of the quietest round, and of the middle one. */
  readonly cpuMin: number
  readonly cpuMedian: number
  /** `cpuMin` by that of the bare server; and the median of the ratios taken inside each round. */
  readonly timesBareMin: number | undefined
  readonly timesBarePaired: number | undefined
  readonly perSecond: number
  readonly p99: number
  readonly busy: number
  readonly rss: number
  readonly errors: number
}

/** Sums up the samples, by job and then by server, in the order of their first appearance. */
export function sumUp(samples: readonly Sample[]): Figure[] {
  const jobs = Map.groupBy(samples, (sample) => sample.job)
  return [...jobs].flatMap(([job, ofJob]) => {
    const servers = Map.groupBy(ofJob, (sample) => sample.server)
    const bareRounds = servers.get(bare) ?? []
    return [...servers].map(([server, rounds]) => sumUpOne(job, server, rounds, bareRounds))
  })
}

function sumUpOne(job: JobName, server: ServerName, rounds: readonly Sample[], bareRounds: readonly Sample[]): Figure {
  const cpus = rounds.map((sample) => sample.cpu)
  const cpuMin = Math.min(...cpus)
  const bareCpu = new Map(bareRounds.map((sample) => [sample.round, sample.cpu]))
  const ratios = rounds.flatMap(({ cpu, round }) => {
    const floor = bareCpu.get(round)
    return floor === undefined ? [] : [cpu / floor]
  })
  return {
    job,
    server,
    cpuMin,
    cpuMedian: median(cpus),
    timesBareMin: bareCpu.size === 0 ? undefined : cpuMin / Math.min(...bareCpu.values()),
    timesBarePaired: ratios.length === 0 ? undefined : median(ratios),
    perSecond: median(rounds.map((sample) => sample.perSecond)),
    p99: median(rounds.map((sample) => sample.p99)),
    busy: median(rounds.map((sample) => sample.busy)),
    rss: Math.max(...rounds.map((sample) => sample.rss)),
    errors: rounds.reduce((sum, sample) => sum + sample.errors, 0),
  }
}

/** The middle value; of an even number of values, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const low = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
  const high = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  return (low + high) / 2
}
