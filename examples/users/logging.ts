import { type After, type Before, isProblem } from 'trestle'
import { errorName } from './errors.ts'

/** Writes a line for each call: who asks for what, and from where. */
export const logRequest: Before = ({ http, caller, log, time }) => {
  const timestamp = time.now().toISOString()
  const user_id = caller.username === undefined ? null : Number(caller.username)
  const { method, path, clientAddress: ip = null } = http ?? {}
  log.info({ event: 'api_request', timestamp, method, path, user_id, ip }, 'api_request')
}

/** Writes a line for each call that failed. What clients send stays out of it, but for the path: it may be a password. */
export const logError: After = ({ http, log, time }, outcome) => {
  if (outcome.ok) return
  const timestamp = time.now().toISOString()
  const { error } = outcome
  const error_type = isProblem(error)
    ? errorName(error)
    : error instanceof Error
      ? error.constructor.name
      : typeof error
  const error_message = error instanceof Error ? error.message : String(error)
  const context = { method: http?.method, path: http?.path }
  log.error({ event: 'api_error', timestamp, error_type, error_message, context }, 'api_error')
}
