import type { Problem } from '../../kernel/problem.ts'
import { renderedContent } from '../errors/error-renderer.ts'

/** The body of a problem in the standard shape (RFC 9457), where it is told inside of a reply that has begun. */
export function problemBody(problem: Problem, cid: string, development: boolean): object {
  return renderedContent({}, { development })(problem, { method: '', path: '', cid, type: undefined }).content as object
}
