import { type Problem, problem } from '../../kernel/problem.ts'

/** The problem of a body beyond the limit, in bytes. */
export function bodyTooLarge(limit: number): Problem {
  return problem('body_too_large', `The body may measure ${limit} bytes`)
}
