import type { Attempt } from './attempt.ts'
import type { CallerRule } from './rule.ts'

/** Who may call by a channel, and how often; said of a channel, a group, a base or the app. */
export interface AccessSettings {
  /**
   * The security definitions and groups whose credentials let callers in, by their names in the app's `security`. Beside
   * others, `anonymous` lets callers without credentials in, too. `false` leaves the channel open to all.
   */
  readonly security?: false | string | readonly string[]
  /** Which of those callers may call; all of them if it is not given. */
  readonly allow?: CallerRule
  /** How often they may, such as `100/minute`: by client address, unless it says otherwise; `false` for any number. */
  readonly limit?: false | Limit | readonly Limit[]
}

/** How often, such as `100/minute`, `10 per 5 seconds` or `unlimited`. */
export type Rate = string

/** One limit, by its rate or in full. */
export type Limit = Rate | LimitOptions

/** Whom a limit counts as one. */
export type LimitKey =
  | 'address'
  | 'definition'
  | 'caller'
  | 'role'
  | 'channel'
  | ((attempt: Attempt) => string | undefined)

/** A limit in full. */
export interface LimitOptions {
  /** How often, such as `100/minute`; `unlimited` and `disallowed` as in rules. */
  readonly rate: Rate
  /**
   * Whom it counts as one: the client's `address` (IPv6 by its first 64 bits), the security `definition`, the `caller`,
   * each `role` of the caller, or all callers of the `channel`; or what a function returns, undefined for no limit at
   * all. Where it is not given, `address`. By address and channel is counted before anybody is authenticated, all else
   * behind it, so that functions see who calls; callers without credentials are counted by address, those without a role
   * each by itself.
   */
  readonly by?: LimitKey
  /**
   * How it counts: `sliding` looks at the time just past, `fixed` begins anew with each full minute or what it is,
   * `bucket` refills steadily (token bucket) up to `burst`. `sliding` if it is not given.
   */
  readonly algorithm?: 'sliding' | 'fixed' | 'bucket'
  /** How many calls may come at once, for `bucket`; as many as the rate allows if it is not given. */
  readonly burst?: number
  /**
   * What headers call it, in ASCII. Limits of one name are one, whichever channels they stand at, and have to say the
   * same; each channel counts for itself if it is not given.
   */
  readonly name?: string
  /** Other rates for some addresses and times of day; the first that fits counts, `rate` where none does. */
  readonly rules?: readonly LimitRule[]
}

/** Another rate for some addresses, or some time of the day. */
export interface LimitRule {
  /** Addresses and ranges, such as `10.0.0.0/8`; all if it is not given. */
  readonly from?: readonly string[]
  /** From when to when, such as `['22:00', '06:00']`, on the clock of the `timeZone`; the whole day if it is not given. */
  readonly between?: readonly [string, string]
  /** An IANA time zone, such as `Europe/Berlin`; UTC if it is not given. */
  readonly timeZone?: string
  /** How often; `unlimited` for any number, `disallowed` to drop the connection without a reply. */
  readonly rate: Rate | 'unlimited' | 'disallowed'
}
