import { operationName, type TestCase } from './cases/parts.ts'
import type { Finding, Seen } from './checks/check.ts'
import type { FaultKey } from './fault-book.ts'
import type { Phase } from './phase.ts'
import type { Run } from './run.ts'
import { smaller } from './smaller.ts'

/** What tells the fault that a finding of a reply is. */
export function faultKey({ operation, reply }: Pick<Seen, 'operation' | 'reply'>, { check }: Finding): FaultKey {
  return { operation: operationName(operation), check, status: reply.status }
}

/** Sends a request, and reports what is wrong with the reply. */
export async function tested(run: Run, phase: Phase, test: TestCase): Promise<void> {
  const seen = await run.ask(test)
  if (seen !== undefined) await examined(run, phase, seen)
}

/** Reports what is wrong with a reply by itself, with the smallest request that shows it. */
export async function examined(run: Run, phase: Phase, seen: Seen): Promise<void> {
  for (const finding of run.examine(seen)) {
    const key = faultKey(seen, finding)
    if (run.faults.has(key)) {
      run.faults.again(key)
      continue
    }
    const least = await smaller(run, seen, finding)
    run.faults.add(key, {
      ...least.finding,
      phase,
      what: seen.test.what,
      steps: withOrigin(run, least.seen),
    })
  }
}

/** The request, and in front of it the one that made what it is about. */
export function withOrigin({ known }: Run, seen: Seen): readonly Seen[] {
  const origin = known.origin(seen)
  return origin === undefined ? [seen] : [origin, seen]
}

/** Reports what several requests have shown. */
export function reported(run: Run, phase: Phase, finding: Finding, steps: readonly [Seen, ...Seen[]]): void {
  const last = steps.at(-1) ?? steps[0]
  const key = faultKey(last, finding)
  if (!run.isChecked(finding.check)) return
  if (run.faults.has(key)) run.faults.again(key)
  else {
    // Chains begin with what made the thing.
    const origin = phase === 'chains' ? undefined : run.known.origin(last)
    const all = origin === undefined || steps.includes(origin) ? steps : [origin, ...steps]
    run.faults.add(key, { ...finding, phase, what: last.test.what, steps: all })
  }
}
