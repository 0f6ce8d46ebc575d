import { baseParts } from '../cases/base-parts.ts'
import { boundaryCases } from '../cases/boundary-cases.ts'
import { provided } from '../chains/provided.ts'
import { probeOperation } from '../probes/probe-operation.ts'
import { tested } from '../reported.ts'
import type { Run } from '../run.ts'

/** Tries the boundaries of each value, one at a time, and what has nothing to do with values. */
export async function runBoundaries(run: Run): Promise<void> {
  const probed = new Set<string>()
  for (const [at, operation] of run.operations.entries()) {
    await provided(run, operation)
    const path = run.known.of(operation)[0] ?? {}
    const least = baseParts(operation, run.samples, { path })
    if (least !== undefined) {
      await probeOperation(run, operation, least, { isNewPath: !probed.has(operation.path) })
      probed.add(operation.path)
      const most = baseParts(operation, run.samples, { path, members: 'always' }) ?? least
      for (const test of boundaryCases(operation, { least, most }, run.api.schemas)) {
        if (run.isOver()) return
        await tested(run, 'boundaries', test)
      }
    }
    run.done('boundaries', operation, at + 1, run.operations.length)
  }
}
