import { catalogue } from '../../kernel/catalogue.ts'
import { isProblem, type Problem } from '../../kernel/problem.ts'
import type { Finding } from '../../schema/finding.ts'

/** The media type of problems (RFC 9457). */
export const problemType = 'application/problem+json'

/** Where the pages of the catalogue's codes are served. */
export const problemPages = '/docs/errors/'

/** The body of an error reply (RFC 9457). */
export interface ProblemBody {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly code: string
  readonly cid: string
  readonly errors?: readonly Finding[]
}

/** So many findings are told at the most: a body can hold a hundred thousand mistakes, and the reply should not outweigh it. */
const most = 1000

/** What a client is told of a problem; in development also why an internal error came about. */
export function problemBody(problem: Problem, cid: string, development: boolean): ProblemBody {
  const { code, title, status, findings } = problem
  const detail = problem.detail ?? hint(problem, development)
  return {
    type: Object.hasOwn(catalogue, code) ? problemPages + code : 'about:blank',
    title,
    status,
    ...(detail !== undefined && { detail }),
    code,
    cid,
    ...(findings !== undefined && { errors: findings.slice(0, most) }),
  }
}

function hint({ code, findings = [], cause }: Problem, development: boolean): string | undefined {
  if (findings.length > most) return `These are the first ${most} of ${findings.length} findings`
  return development && code === 'internal_error' ? reason(cause) : undefined
}

function reason(cause: unknown): string | undefined {
  if (isProblem(cause) || cause === undefined) return undefined
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}
