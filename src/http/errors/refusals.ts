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

/** Compiles how an app with these settings refuses. */
export function refusalsOf(settings: RestDefaults = {}, surroundings?: ErrorSurroundings): Refusals {
  return { reply: errorReplier(settings, surroundings), render: errorRenderer(settings, surroundings) }
}
