import { isProblem, type Problem } from '../../kernel/problem.ts'
import type { Finding } from '../../schema/finding.ts'

/** So many findings are told at the most: a body can hold a hundred thousand mistakes, and the reply should not outweigh it. */
const mostFindings = 1000

/** The findings that are told. */
export function toldFindings({ findings }: Problem): readonly Finding[] | undefined {
  return findings === undefined || findings.length <= mostFindings ? findings : findings.slice(0, mostFindings)
}

/** The detail that is told; in development also why an internal error came about. */
export function toldDetail(
  problem: Problem,
  development: boolean,
  maskText: (text: string) => string,
): string | undefined {
  const { code, detail, findings = [], cause } = problem
  if (detail !== undefined) return detail
  if (findings.length > mostFindings) return `These are the first ${mostFindings} of ${findings.length} findings`
  if (!development || code !== 'internal_error') return undefined
  const why = reason(cause)
  return why && maskText(why)
}

function reason(cause: unknown): string | undefined {
  if (isProblem(cause) || cause === undefined) return undefined
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}
