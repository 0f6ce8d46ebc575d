import type { KeyObject } from 'node:crypto'
import type { CryptoKey, JSONWebKeySet } from 'jose'
import type { Clock } from '../../kernel/clock.ts'
import type { Logger } from '../../kernel/logger.ts'
import { problem } from '../../kernel/problem.ts'
import type { Ask } from '../remote/ask.ts'
import type { TokenHeader } from './compact-token.ts'

/** Finds the keys that a token may have been signed with; none where it names one that is unknown. */
export type FindKeys = (header: TokenHeader) => Promise<readonly (CryptoKey | KeyObject)[]>

/** For so long the keys of an address count without being asked for again, in milliseconds. */
const maxAge = 10 * 60_000
/** So much time has to lie between two questions, in milliseconds: tokens with made-up keys must not become a flood. */
const cooldown = 30_000
/** The same while there are no keys at all. */
const firstCooldown = 2_000
/** Of the keys that fit a token which names none, no more are tried. */
const most = 8

/** What a set of keys needs. */
export interface KeySetHost {
  readonly clock: Clock
  readonly log: Logger
  readonly ask: Ask
}

/**
 * The keys at an address (RFC 7517, 5): asked for when a token first needs them, again when they are ten minutes old or do not
 * hold a key that a token names, never twice in 30 seconds, and by one question for all tokens that wait. While the other
 * side fails, the keys that it gave last go on counting.
 */
export function keySet(address: URL, { clock, log, ask }: KeySetHost): FindKeys {
  let held: { readonly find: FindKeys; readonly at: number } | undefined
  let tried = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | undefined

  const refresh = (): Promise<void> => {
    asking ??= load().finally(() => {
      asking = undefined
    })
    return asking
  }
  const load = async (): Promise<void> => {
    tried = clock.elapsed()
    try {
      const answer = await ask({ address, method: 'GET', headers: { Accept: 'application/json' } })
      held = { find: await finder(answer), at: clock.elapsed() }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      log.warn({ jwks: address.href, reason }, `the keys of tokens cannot be had from ${address.host}: ${reason}`)
    }
  }
  const mayAsk = (): boolean =>
    asking !== undefined || clock.elapsed() - tried >= (held === undefined ? firstCooldown : cooldown)

  return async (header) => {
    if ((held === undefined || clock.elapsed() - held.at >= maxAge) && mayAsk()) await refresh()
    const known = await held?.find(header)
    if (known !== undefined && known.length > 0) return known
    if (held !== undefined && mayAsk()) {
      await refresh()
      return held.find(header)
    }
    if (known !== undefined) return known
    throw problem('unavailable', 'Tokens cannot be checked at the moment', { headers: { 'Retry-After': '5' } })
  }
}

async function finder(answer: unknown): Promise<FindKeys> {
  const { createLocalJWKSet, errors } = await import('jose')
  const find = createLocalJWKSet(answer as JSONWebKeySet)
  return async (header) => {
    try {
      return [await find({ ...header })]
    } catch (error) {
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) return []
      const keys: CryptoKey[] = []
      for await (const key of error) if (keys.push(key) >= most) break
      return keys
    }
  }
}
