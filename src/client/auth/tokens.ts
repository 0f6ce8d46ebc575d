import { discard } from '../discard.ts'
import type { Send } from '../layer.ts'
import type { ClientTime } from '../time.ts'
import { withHeader } from '../with-header.ts'
import type { AuthScheme } from './auth.ts'
import { singleFlight } from './single-flight.ts'

/** A token and how long it is good. */
export interface BearerToken {
  /** As it is sent behind `Bearer`. */
  readonly token: string
  /** When it is over, in milliseconds since 1970 or as a date; good until the server refuses it if not given. */
  readonly expiresAt?: number | Date | undefined
}

/** What it takes to get a token. */
export interface TokenRequest {
  /** Asks the server. */
  readonly send: Send
  /** Aborts when nobody waits for the token any more. */
  readonly signal: AbortSignal
  /** By which tokens are over. */
  readonly time: ClientTime
}

interface Held {
  readonly token: string
  /** From when on another one is asked for. */
  until: number
}

// So long before its end a token is not used any more: a request takes time, and clocks differ.
const early = 30_000

/**
 * Sends a token with each request. `renew` gives the first and every other one, when the one before is nearly over, or a
 * server has refused it; then the request is sent once more. Calls at the same time share one `renew`.
 */
export function tokenAuthorization(
  renew: (request: TokenRequest, isFirst: boolean) => Promise<BearerToken>,
): AuthScheme['authorize'] {
  const once = singleFlight<Held>()
  let held: Held | undefined

  return async (request, next, time) => {
    if (request.headers.has('authorization')) return next(request)
    const current = async (): Promise<Held> => {
      if (held !== undefined && time.now() < held.until) return held
      return once(request.signal, async (signal) => {
        held = keep(await renew({ send: next, signal, time }, held === undefined), time.now())
        return held
      })
    }
    const send = ({ token }: Held) => next(withHeader(request, 'authorization', `Bearer ${token}`))
    const first = await current()
    const reply = await send(first)
    if (reply.status !== 401) return reply
    first.until = 0
    if (request.body?.replayable === false) return reply
    await discard(reply)
    return send(await current())
  }
}

/** Whether the token should not be used any more. */
export function isOver({ expiresAt }: BearerToken, now: number): boolean {
  return expiresAt !== undefined && Number(expiresAt) - early <= now
}

function keep({ token, expiresAt }: BearerToken, now: number): Held {
  const end = expiresAt === undefined ? Number.POSITIVE_INFINITY : Number(expiresAt)
  // Of one that is good for seconds, at least half of them are used.
  return { token, until: end - Math.min(early, Math.max(0, end - now) / 2) }
}
