import type { CallContext } from '../../kernel/call-context.ts'
import type { OnError } from './error-settings.ts'

/** The handlers of two layers as one: the inner is asked first, and what it leaves or throws again goes to the outer. */
export function chainedOnError(outer: OnError, inner: OnError): OnError {
  return (error, call) => {
    try {
      const answer = inner(error, call)
      if (answer !== undefined) return answer
    } catch (thrown) {
      if (thrown !== error) throw thrown
    }
    return outer(error, call)
  }
}

/** What a handler makes of something thrown; what it throws itself takes its place. */
export function translated(handle: OnError | undefined, error: unknown, call: CallContext | undefined): unknown {
  if (handle === undefined || call === undefined) return error
  try {
    return handle(error, call) ?? error
  } catch (thrown) {
    return thrown
  }
}
