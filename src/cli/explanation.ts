import { StartupError } from '../kernel/startup-error.ts'
import { Failure } from './failure.ts'

/** What went wrong, in the words that the one who typed the command can act on. */
export function explanation(error: unknown): string {
  if (error instanceof StartupError) {
    const { reasons } = error
    return reasons.length === 1 ? error.message : ['The app cannot start:', ...reasons].join('\n  - ')
  }
  if (error instanceof Failure) return error.message
  // Nobody foresaw it, so that only the stack can tell what it is.
  return `The command stopped on an unexpected error:\n${error instanceof Error ? error.stack : String(error)}`
}
