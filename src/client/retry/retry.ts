import { discard } from '../discard.ts'
import { statusOf } from '../errors.ts'
import { randomHex } from '../hex.ts'
import type { Layer, OutgoingRequest } from '../layer.ts'
import type { ClientTime } from '../time.ts'
import { wait } from '../wait.ts'
import { withHeader } from '../with-header.ts'
import { isPassing } from './passing.ts'
import { waitAsked } from './retry-after.ts'

/** An attempt that came to nothing. */
export interface FailedAttempt {
  /** What was sent. */
  readonly request: OutgoingRequest
  /** How many attempts there were; 1 for the first. */
  readonly attempt: number
  /** The reply that tells of the failure; undefined when there was none. */
  readonly reply: Response | undefined
  /** What went wrong on the way; undefined when there was a reply. */
  readonly error: unknown
}

/** An attempt that is made again. */
export interface Retry extends FailedAttempt {
  /** Why, in words: `503 Service Unavailable`, or the message of the error. */
  readonly reason: string
  /** How long is waited before, in milliseconds. */
  readonly delay: number
}

/** When a request is sent again. Those with a body that can be sent only once are not. */
export interface RetrySettings {
  /** How often a request is sent again, at most; 2 if not given. */
  readonly limit?: number | undefined
  /**
   * The methods that are sent again whatever they ask for: GET, HEAD, OPTIONS, TRACE, QUERY, PUT and DELETE if not given.
   * Others need an `Idempotency-Key`, by which the server can tell that it has done the work already.
   */
  readonly methods?: readonly string[] | undefined
  /**
   * The statuses for which a request is sent again: 408, 413, 429, 500, 502, 503 and 504 if not given; 413 only where the
   * reply has a `Retry-After`. So is one with an `Idempotency-Key` whose first attempt is still at work (409 with a
   * `Retry-After`).
   */
  readonly statuses?: readonly number[] | undefined
  /** Up to how many milliseconds are waited the first time, by chance; each time after it, twice as many. 300 if not given. */
  readonly backoff?: number | undefined
  /** Up to how many milliseconds are waited at most; 10,000 if not given. */
  readonly maxBackoff?: number | undefined
  /** The longest `Retry-After` that is waited for, in milliseconds; the reply is given at once where it is longer. 60,000 if not given. */
  readonly maxRetryAfter?: number | undefined
  /**
   * Puts an `Idempotency-Key` into requests of other methods than `methods`, the same in all attempts: a new one for each
   * request, or what the function gives. A request that has one keeps it.
   */
  readonly idempotencyKey?: boolean | ((request: OutgoingRequest) => string) | undefined
  /**
   * Asked after an error and each status of 400 and above: says whether there is another attempt, whatever the method, the
   * status and the error are; `undefined` leaves it to them.
   */
  readonly should?: ((failed: FailedAttempt) => boolean | undefined | Promise<boolean | undefined>) | undefined
}

const safe = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY', 'PUT', 'DELETE']
const passing = [408, 413, 429, 500, 502, 503, 504]
const keyHeader = 'idempotency-key'

/** Where requests are sent again. */
export interface RetryPlace {
  readonly time: ClientTime
  /** Told of each retry, before the time is waited. */
  readonly onRetry?: (retry: Retry) => void
}

/**
 * Sends requests again that failed for a reason that may pass, if doing them twice does no harm: it belongs inside of what
 * limits the time of a call, and outside of what can fail.
 */
export function retryLayer(settings: RetrySettings, { time, onRetry }: RetryPlace): Layer {
  const { limit = 2, methods = safe, statuses = passing, idempotencyKey = false, should } = settings
  const { backoff = 300, maxBackoff = 10_000, maxRetryAfter = 60_000 } = settings

  return async (given, next) => {
    const isSafe = methods.some((each) => each.toUpperCase() === given.method)
    const request = isSafe ? given : withKey(given)
    const mayTwice = isSafe || request.headers.has(keyHeader)
    for (let attempt = 1; ; attempt++) {
      let reply: Response | undefined
      let error: unknown
      try {
        reply = await next(request)
      } catch (thrown) {
        error = thrown
      }
      const delay = await delayAfter({ request, attempt, reply, error }, mayTwice)
      if (delay === undefined) {
        if (reply === undefined) throw error
        return reply
      }
      onRetry?.({ request, attempt, reply, error, reason: reasonOf(reply, error), delay })
      if (reply !== undefined) await discard(reply)
      await wait(delay, time, request.signal)
    }
  }

  function withKey(request: OutgoingRequest): OutgoingRequest {
    if (idempotencyKey === false || request.headers.has(keyHeader)) return request
    return withHeader(request, keyHeader, idempotencyKey === true ? randomHex(16) : idempotencyKey(request))
  }

  /** How long to wait before the next attempt; undefined when there is none. */
  async function delayAfter(failed: FailedAttempt, mayTwice: boolean): Promise<number | undefined> {
    const { request, attempt, reply } = failed
    if (reply !== undefined && reply.status < 400) return undefined
    if (attempt > limit || request.body?.replayable === false || request.signal.aborted) return undefined
    const asked = reply && waitAsked(reply, time.now())
    const again = (await should?.(failed)) ?? (mayTwice && mayPass(failed, asked))
    if (!again || request.signal.aborted) return undefined
    if (asked !== undefined) return asked <= maxRetryAfter ? asked : undefined
    // Any time up to the limit is as likely ("full jitter"), so that clients that failed together do not come back together.
    return Math.round(time.random() * Math.min(maxBackoff, backoff * 2 ** (attempt - 1)))
  }

  function mayPass({ request, reply, error }: FailedAttempt, asked: number | undefined): boolean {
    if (reply === undefined) return isPassing(error)
    if (reply.status === 409 && asked !== undefined && request.headers.has(keyHeader)) return true
    // What was too large stays too large, unless the server says that it passes (RFC 9110, 15.5.14).
    return statuses.includes(reply.status) && (reply.status !== 413 || asked !== undefined)
  }
}

function reasonOf(reply: Response | undefined, error: unknown): string {
  if (reply !== undefined) return statusOf(reply)
  return error instanceof Error ? error.message : String(error)
}
