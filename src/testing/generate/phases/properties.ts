import { asyncProperty, check, hash, type Parameters } from 'fast-check'
import type { ReadOperation } from '../../../openapi/read/read-api.ts'
import { operationName, type Parts } from '../cases/parts.ts'
import { requestArbitrary } from '../cases/request-arbitrary.ts'
import { provided } from '../chains/provided.ts'
import type { Finding, Seen } from '../checks/check.ts'
import type { FaultKey } from '../fault-book.ts'
import { faultKey, withOrigin } from '../reported.ts'
import type { Run } from '../run.ts'

/** How many different faults of one operation are looked for. */
const mostFaults = 6

/** Sends random requests, and shrinks those that show a fault. */
export async function runProperties(run: Run): Promise<void> {
  for (const [at, operation] of run.operations.entries()) {
    if (run.isOver()) return
    await provided(run, operation)
    await searched(run, operation)
    run.done('properties', operation, at + 1, run.operations.length)
  }
}

interface Shown {
  readonly seen: Seen
  readonly finding: Finding
  readonly key: FaultKey
}

async function searched(run: Run, operation: ReadOperation): Promise<void> {
  const arbitrary = requestArbitrary(operation, run.samples.generate, run.known.of(operation))
  const name = operationName(operation)
  for (let round = 0; round < mostFaults && !run.isOver(); round++) {
    let shown: Shown | undefined
    const property = asyncProperty(arbitrary, async (parts: Parts) => {
      if (run.isOver()) return
      const seen = await run.ask({ operation, parts, what: 'a random request' })
      if (seen === undefined) return
      const found = run.examine(seen).map((finding) => ({ seen, finding, key: faultKey(seen, finding) }))
      const fresh = found.filter(({ key }) => !run.faults.has(key))
      for (const { key } of found) if (run.faults.has(key)) run.faults.again(key)
      // Another fault on the way would lead away from the smallest request for this one.
      const same = shown === undefined ? fresh[0] : fresh.find(({ key }) => isSame(key, shown?.key))
      if (same === undefined) return
      shown = same
      throw new Error(same.finding.message)
    })
    const failed = await attempted(run, name, () => check(property, parametersOf(run, name)))
    if (shown === undefined || failed === undefined) return
    const { key, finding, seen } = shown as Shown
    run.faults.add(key, {
      ...finding,
      phase: 'properties',
      what: 'a random request',
      steps: withOrigin(run, seen),
      path: failed.path,
    })
    if (run.replayPath !== undefined) return
  }
}

function isSame(one: FaultKey, other: FaultKey | undefined): boolean {
  return one.check === other?.check && one.status === other.status
}

function parametersOf({ seed, examples, replayPath, timeLeft }: Run, name: string): Parameters<[Parts]> {
  const left = timeLeft()
  return {
    seed: seed ^ hash(name),
    numRuns: examples,
    ...(replayPath === undefined ? {} : { path: replayPath, endOnFailure: true }),
    ...(left === undefined ? {} : { interruptAfterTimeLimit: Math.max(1, left), markInterruptAsFailure: false }),
  }
}

/** A schema for which nothing can be made is no fault of the API's replies. */
async function attempted(
  run: Run,
  name: string,
  work: () => Promise<{ readonly failed: boolean; readonly counterexamplePath: string | null }>,
): Promise<{ readonly path: string | undefined } | undefined> {
  try {
    const { failed, counterexamplePath } = await work()
    return failed ? { path: counterexamplePath ?? undefined } : undefined
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    run.note(`${name}: ${error.message}; it gets no random requests`)
    return undefined
  }
}
