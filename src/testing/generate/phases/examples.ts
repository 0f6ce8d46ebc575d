import { baseParts } from '../cases/base-parts.ts'
import { exampleCases } from '../cases/example-cases.ts'
import { operationName } from '../cases/parts.ts'
import { provided } from '../chains/provided.ts'
import { tested } from '../reported.ts'
import type { Run } from '../run.ts'

/** Sends the examples of the document. */
export async function runExamples(run: Run): Promise<void> {
  for (const [at, operation] of run.operations.entries()) {
    if (run.isOver()) return
    await provided(run, operation)
    const base = baseParts(operation, run.samples, { path: run.known.of(operation)[0] ?? {} })
    if (base === undefined)
      run.note(
        `${operationName(operation)}: no value was found that its schemas allow, so that it is not tested; give it an example`,
      )
    else for (const test of exampleCases(operation, base, run.api.schemas)) await tested(run, 'examples', test)
    run.done('examples', operation, at + 1, run.operations.length)
  }
}
