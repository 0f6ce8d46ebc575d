import { corsPolicy, shareWith } from '../cors/policy.ts'
import type { RestDefaults } from '../rest-channel.ts'
import { type ErrorSurroundings, errorRenderer, type RenderError } from './error-renderer.ts'
import { errorReplier, type ReplyError } from './error-reply.ts'

/** How an app tells what it refuses before any channel is asked. */
export interface Refusals {
  /** On an exchange. */
  readonly reply: ReplyError
  /** Where not even a request could be read. */
  readonly render: RenderError
}

/**
 * Compiles how an app with these settings refuses; where a shape of its own fails, which `report` is told of, as RFC
 * 9457 says.
 */
export function refusalsOf(
  settings: RestDefaults = {},
  surroundings?: ErrorSurroundings,
  report: (error: unknown) => void = () => {},
): Refusals {
  const policy = corsPolicy(settings.cors)
  const own = { reply: errorReplier(settings, surroundings), render: errorRenderer(settings, surroundings) }
  const plain = { reply: errorReplier({}, surroundings), render: errorRenderer({}, surroundings) }
  const either = <R>(tell: (how: Refusals) => R): R => {
    try {
      return tell(own)
    } catch (error) {
      report(error)
      return tell(plain)
    }
  }
  return {
    reply: (exchange, problem) => {
      shareWith(exchange, policy)
      return either(({ reply }) => reply(exchange, problem))
    },
    render: (problem, request) => either(({ render }) => render(problem, request)),
  }
}
