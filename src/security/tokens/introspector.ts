import type { Clock } from '../../kernel/clock.ts'
import type { Logger } from '../../kernel/logger.ts'
import { problem } from '../../kernel/problem.ts'
import { BoundedMap } from '../authenticate/bounded-map.ts'
import type { IntrospectionSettings } from '../definitions/definition.ts'
import { digestOf } from '../definitions/secret.ts'
import type { Ask } from '../remote/ask.ts'
import { ownerOf } from './token-claims.ts'
import { progress, TokenRefused, type VerifiedToken, type VerifyToken } from './verify-token.ts'

type Answer = Readonly<Record<string, unknown>>

/** What was said of a token, and until when that counts, in milliseconds since 1970. */
interface Kept {
  readonly outcome: VerifiedToken | TokenRefused
  readonly until: number
}

/** For how many tokens answers are kept. */
const most = 10_000
/** However long an answer may be kept, it is asked for again after five minutes; in milliseconds. */
const longest = 5 * 60_000

/** What introspection needs. */
export interface IntrospectionHost {
  readonly clock: Clock
  readonly log: Logger
  readonly ask: Ask
}

/**
 * Makes what asks another server whether tokens are good (RFC 7662), by settings that have no faults. Answers are kept for
 * `keepFor` seconds, also those that say no, and calls at the same time with the same token ask once.
 */
export function introspector(
  settings: Omit<IntrospectionSettings, 'clientSecret'>,
  secret: string,
  { clock, log, ask }: IntrospectionHost,
): VerifyToken {
  const { keepFor = 60 } = settings
  const address = new URL(settings.address)
  const headers = {
    Accept: 'application/json',
    'Content-Type': 'application/x-www-form-urlencoded',
    Authorization: `Basic ${Buffer.from(`${formText(settings.clientId)}:${formText(secret)}`).toString('base64')}`,
  }
  const kept = new BoundedMap<Kept>(most)
  const asking = new Map<string, Promise<Kept>>()

  return async (token) => {
    const digest = digestOf(token)
    const known = kept.get(digest)
    if (known !== undefined && clock.now().getTime() < known.until) return opened(known)
    const waiting = asking.get(digest) ?? question(token, digest)
    return opened(await waiting)
  }

  function question(token: string, digest: string): Promise<Kept> {
    const answer = asked(token).finally(() => asking.delete(digest))
    asking.set(digest, answer)
    return answer
  }

  async function asked(token: string): Promise<Kept> {
    const body = new URLSearchParams({ token, token_type_hint: 'access_token' }).toString()
    const answer = await ask({ address, method: 'POST', headers, body }).then(answerOf).catch(unanswered)
    const now = clock.now().getTime()
    const outcome = judged(answer, now)
    const result = { outcome, until: 'until' in outcome ? outcome.until : now + keepFor * 1000 }
    kept.set(digestOf(token), result)
    return result
  }

  function judged(answer: Answer, now: number): VerifiedToken | TokenRefused {
    const { exp = Number.POSITIVE_INFINITY, nbf = 0 } = answer
    if (answer.active !== true) return new TokenRefused('The token is not active', progress.purpose)
    if (typeof exp !== 'number' || exp * 1000 <= now) return new TokenRefused('The token has expired', progress.time)
    if (typeof nbf !== 'number' || nbf * 1000 > now)
      return new TokenRefused('The token is not valid yet', progress.time)
    const named = ['username', 'sub', 'client_id'].find((name) => typeof answer[name] === 'string') ?? 'sub'
    const until = Math.min(exp * 1000, now + keepFor * 1000, now + longest)
    return { ...ownerOf(answer, { username: named }), until }
  }

  function unanswered(error: unknown): never {
    const reason = error instanceof Error ? error.message : String(error)
    log.warn({ introspection: address.href, reason }, `${address.host} does not say whether tokens are good: ${reason}`)
    throw problem('unavailable', 'Tokens cannot be checked at the moment', { headers: { 'Retry-After': '5' } })
  }
}

function opened({ outcome }: Kept): VerifiedToken {
  if (outcome instanceof TokenRefused) throw new TokenRefused(outcome.message, outcome.reached)
  return outcome
}

function answerOf(answer: unknown): Answer {
  if (typeof answer === 'object' && answer !== null && typeof (answer as Answer).active === 'boolean')
    return answer as Answer
  throw new Error('its answer is none that RFC 7662 knows')
}

/** RFC 6749, 2.3.1: name and secret are written as in forms before they are put together. */
function formText(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1)
}
