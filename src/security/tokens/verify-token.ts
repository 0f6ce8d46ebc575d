import type { Awaitable } from '../../kernel/chain.ts'

/** What a token that is good says. */
export interface VerifiedToken {
  readonly username: string | undefined
  readonly scopes: readonly string[]
  readonly roles: readonly string[]
  readonly claims: Readonly<Record<string, unknown>>
  /** Until when it counts without being looked at again, in milliseconds since 1970. */
  readonly until: number
}

/**
 * Whether a token is good; undefined for one that is none of those which it knows, so that another may be asked.
 *
 * @throws TokenRefused for one that is bad
 * @throws Problem `unavailable` when it cannot be told now
 */
export type VerifyToken = (token: string) => Awaitable<VerifiedToken | undefined>

/** How far a token got before it was refused; what got further is refused with the more telling reason. */
export const progress = { unread: 0, header: 1, key: 2, signature: 3, origin: 4, purpose: 5, time: 6 } as const

/** Why a token is refused, in words for its owner: they tell no more than the token itself does. */
export class TokenRefused extends Error {
  override readonly name: string = 'TokenRefused'
  /** How far the token got. */
  readonly reached: number

  constructor(message: string, reached: number = progress.unread) {
    super(message)
    this.reached = reached
  }
}
