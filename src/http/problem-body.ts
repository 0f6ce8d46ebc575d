import { catalogue } from '../kernel/catalogue.ts'
import { isProblem, type Problem } from '../kernel/problem.ts'
import type { Finding } from '../schema/finding.ts'

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

/** What a client is told of a problem; in development also why an internal error came about. */
export function problemBody(problem: Problem, cid: string, development: boolean): ProblemBody {
  const { code, title, status, findings } = problem
  const detail =
    problem.detail ?? (development && problem.code === 'internal_error' ? reason(problem.cause) : undefined)
  return {
    type: Object.hasOwn(catalogue, code) ? problemPages + code : 'about:blank',
    title,
    status,
    ...(detail !== undefined && { detail }),
    code,
    cid,
    ...(findings !== undefined && { errors: findings }),
  }
}

function reason(cause: unknown): string | undefined {
  if (isProblem(cause) || cause === undefined) return undefined
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}
