import { forkModule, keep, nextMessage } from './children.ts'
import type { Question } from './jobs.ts'

/** An order to the load generator. */
export interface LoadOrder {
  readonly port: number
  readonly questions: readonly Question[]
  readonly connections: number
  readonly seconds: number
  /** Whether each request takes a new connection, because the server closes the old one. */
  readonly reconnect: boolean
}

/** What the load generator saw. */
export interface LoadReport {
  readonly answered: number
  /** Of them, those with another status than 2xx. */
  readonly unwanted: number
  /** Connections that broke and requests that timed out. */
  readonly errors: number
  readonly seconds: number
  /** Milliseconds within which 99 of 100 answers came. */
  readonly p99: number
}

/** A report before its latencies, in milliseconds, are summed up. */
export interface RawReport extends Omit<LoadReport, 'p99'> {
  readonly latencies: readonly number[]
}

export interface LoadGenerator extends AsyncDisposable {
  run(order: LoadOrder): Promise<LoadReport>
}

/** Starts the load generator: one process for the whole bench, so that it stays as warm as it gets. */
export function startLoad(on: string | undefined): LoadGenerator {
  const generator = forkModule('load-generator.ts', on)
  const child = keep(generator, 'The load generator')
  return {
    run(order) {
      const report = nextMessage<LoadReport>(generator)
      generator.send(order)
      return child.orEnd(report)
    },
    [Symbol.asyncDispose]: child[Symbol.asyncDispose],
  }
}
