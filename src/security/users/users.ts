import type { SecurityEvent } from '../../kernel/security-event.ts'
import type { LoginAttempt } from '../login/login.ts'
import type { PasswordPolicy } from '../passwords/password-policy.ts'

/** Somebody who is kept in the app's own store; never with a password or its hash. */
export interface User {
  /** As it was first written; capital letters and compatible forms (Unicode NFKC) make no other name. */
  readonly username: string
  /** What they are, such as `admin`. */
  readonly roles: readonly string[]
  /** What they may do. */
  readonly scopes: readonly string[]
  /** Whether they may log in. */
  readonly enabled: boolean
  /** When they were made, as an ISO 8601 text in UTC. */
  readonly created: string
  /** When anything about them was last changed, as an ISO 8601 text in UTC. */
  readonly changed: string
  /** When they last logged in, as an ISO 8601 text in UTC; undefined for never. */
  readonly lastLogin: string | undefined
  /** Another text after each change that ends their sessions and tokens: a new password, being disabled. */
  readonly stamp: string
}

/** Somebody new. */
export interface NewUser {
  readonly username: string
  readonly password: string
  readonly roles?: readonly string[] | undefined
  readonly scopes?: readonly string[] | undefined
  /** True if it is not given. */
  readonly enabled?: boolean | undefined
}

/** What is to change; what is not given stays. */
export interface UserChange {
  readonly password?: string | undefined
  readonly roles?: readonly string[] | undefined
  readonly scopes?: readonly string[] | undefined
  readonly enabled?: boolean | undefined
}

/** Which users to list; in the order of their names. */
export interface UserQuery {
  /** The text that names have to begin with. */
  readonly search?: string | undefined
  /** How many at the most; 50 if it is not given. */
  readonly limit?: number | undefined
  /** The last name of the page before. */
  readonly after?: string | undefined
}

/** A page of users. */
export interface UserPage {
  readonly users: readonly User[]
  /** What to give as `after` for the next page; undefined on the last one. */
  readonly next: string | undefined
}

/** Who brings a change about, for the events `user.created`, `user.changed`, `user.enabled`, `user.disabled`, `user.deleted`. */
export type Doer = Pick<SecurityEvent, 'actor' | 'address'> & { readonly cid?: string | undefined }

/** The users that an app keeps itself, in its data folder. What one process changes holds in all of them at once. */
export interface Users {
  /** @throws Problem `conflict` for a name that is taken, `invalid_input` for a bad name or password */
  readonly create: (user: NewUser, by?: Doer) => Promise<User>
  /** Finds also who is disabled. */
  readonly find: (username: string) => User | undefined
  readonly list: (query?: UserQuery) => UserPage
  /** Undefined where there is no such user. @throws Problem `invalid_input` for a bad password */
  readonly change: (username: string, change: UserChange, by?: Doer) => Promise<User | undefined>
  /** Whether there was one. */
  readonly delete: (username: string, by?: Doer) => boolean
  /** Who has this name and this password; it takes as long for an unknown name and for somebody disabled. */
  readonly verify: (given: LoginAttempt) => Promise<User | undefined>
  readonly close: () => void
}

/** The app's setting `users`. */
export interface UserSettings {
  /** What passwords have to be like. */
  readonly passwords?: PasswordPolicy
}
