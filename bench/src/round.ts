import { setTimeout as pause } from 'node:timers/promises'
import type { Job, JobName } from './jobs.ts'
import type { LoadGenerator, LoadOrder } from './load.ts'
import type { RunningServer } from './running.ts'
import type { ServerName } from './servers.ts'

/** What one server did with one job in one round. */
export interface Sample {
  readonly server: ServerName
  readonly job: JobName
  readonly round: number
  /** Microseconds of CPU for each request, of the server and its children. */
  readonly cpu: number
  readonly perSecond: number
  /** Milliseconds. */
  readonly p99: number
  /** Bytes of resident memory right after the load. */
  readonly rss: number
  /** The share of the time in which the server was computing. */
  readonly busy: number
  readonly errors: number
}

/** Puts load on a server and says what that cost it. */
export async function measure(
  server: RunningServer,
  job: Job,
  round: number,
  load: LoadGenerator,
  { connections, seconds }: Pick<LoadOrder, 'connections' | 'seconds'>,
): Promise<Sample> {
  // The server before this one may still be closing its connections on the same processor.
  await pause(100)
  const questions = job.exchanges.map(({ question }) => question)
  const reconnect = server.contender.python?.closes ?? false
  const before = await server.usage()
  const report = await load.run({ port: server.port, questions, connections, seconds, reconnect })
  const after = await server.usage()

  const { name } = server.contender
  if (report.answered === 0) throw new Error(`${name} answered nothing in ${report.seconds} s of job ${job.name}.`)
  if (report.unwanted > 0) {
    throw new Error(`${name} failed ${report.unwanted} of ${report.answered} requests of job ${job.name} under load.`)
  }
  const cpu = after.cpu - before.cpu
  return {
    server: name,
    job: job.name,
    round,
    cpu: cpu / report.answered,
    perSecond: report.answered / report.seconds,
    p99: report.p99,
    rss: after.rss,
    busy: cpu / 1_000_000 / report.seconds,
    errors: report.errors,
  }
}
