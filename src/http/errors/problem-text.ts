import type { Problem } from '../../kernel/problem.ts'
import type { Exchange } from '../exchange.ts'
import { type ErrorSurroundings, errorRenderer } from './error-renderer.ts'
import type { ErrorSettings } from './error-settings.ts'

/** Compiles how a problem is told inside a reply that has begun: as the body that it would have had. */
export function problemText(
  settings: ErrorSettings,
  surroundings: ErrorSurroundings,
): (problem: Problem, exchange: Exchange) => string {
  const render = errorRenderer(settings, surroundings)
  return (problem, { method, path, prefix, cid, headers }) =>
    render(problem, { method, path, prefix, cid, type: headers['content-type'] as string | undefined }).body
}
