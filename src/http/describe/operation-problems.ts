import { catalogue, type ProblemCode } from '../../kernel/catalogue.ts'
import type { OperationProblem } from '../../kernel/operation.ts'
import type { ProblemKind } from '../../kernel/problem.ts'

/** Adds kinds of problems to those of an operation: one entry a status, in their order, each code once. */
export function withProblems(
  known: readonly OperationProblem[],
  kinds: readonly Pick<ProblemKind, 'status' | 'code'>[],
): readonly OperationProblem[] {
  const byStatus = new Map(known.map((each) => [each.status, each]))
  for (const { status, code } of kinds) {
    const before = byStatus.get(status)
    byStatus.set(status, { ...before, status, codes: [...new Set([...(before?.codes ?? []), code])] })
  }
  return [...byStatus.values()].sort((a, b) => a.status - b.status)
}

/** The same for codes of the catalogue, under the statuses that they have there. */
export function withCodes(
  known: readonly OperationProblem[],
  codes: readonly ProblemCode[],
): readonly OperationProblem[] {
  return withProblems(
    known,
    codes.map((code) => ({ code, status: catalogue[code].status })),
  )
}
