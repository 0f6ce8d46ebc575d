import type { CallContext } from '../../kernel/call-context.ts'
import type { Awaitable } from '../../kernel/chain.ts'
import type { NoUses, Provided, Uses } from '../../kernel/provided.ts'

/** Somebody who may log in. */
export interface Person {
  /** The name that tokens and sessions carry (`sub`). */
  readonly username: string
  /** What they are, such as `admin`. */
  readonly roles?: readonly string[]
  /** What they may do at the most; a token may be asked for with less. */
  readonly scopes?: readonly string[]
  /** What else tokens say of them. */
  readonly claims?: Readonly<Record<string, unknown>>
  /**
   * Another text after each change that has to end their sessions and refresh tokens, such as a new password: those that
   * began with one that `verify` told count no more when `find` tells another.
   */
  readonly stamp?: string
}

/** What somebody gives who logs in. */
export interface LoginAttempt {
  /** As it was typed. */
  readonly username: string
  /** As it was typed. */
  readonly password: string
}

/** How an app knows the people that log in, at its token endpoint and for sessions. */
export interface LoginSettings<U extends Uses> {
  /** What it needs, such as a store of users. */
  readonly use?: U
  /** Who has this name and this password; undefined for a wrong one, or for somebody who is switched off. */
  readonly verify: (given: LoginAttempt, call: CallContext & Provided<U>) => Awaitable<Person | undefined>
  /** Who has this name, when a token is renewed or a session used; without it, what was known at the login counts on. */
  readonly find?: (username: string, call: CallContext & Provided<U>) => Awaitable<Person | undefined>
}

/** How an app knows people, as `login()` gives it. */
export interface Login {
  /** What it needs. */
  readonly use: Uses
  /** Who has this name and this password. */
  readonly verify: (given: LoginAttempt, call: never) => Awaitable<Person | undefined>
  /** Who has this name. */
  readonly find: ((username: string, call: never) => Awaitable<Person | undefined>) | undefined
}

/**
 * Says how an app knows the people that log in.
 *
 * ```ts
 * const people = login({
 *   verify: ({ username, password }) =>
 *     username === 'ada' && password === 'correct horse' ? { username, roles: ['admin'] } : undefined,
 * })
 * typeof people.verify // => 'function'
 * ```
 */
export function login<U extends Uses = NoUses>({ use, verify, find }: LoginSettings<U>): Login {
  return { use: use ?? {}, verify, find }
}
