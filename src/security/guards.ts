import type { Attempt } from '../kernel/attempt.ts'
import { anonymous, type Caller } from '../kernel/caller.ts'
import { type Awaitable, isPromise, whenReady } from '../kernel/chain.ts'
import type { Entrance, Guard } from '../kernel/guard.ts'
import { problem } from '../kernel/problem.ts'
import { type CallerRule, decidedFor, type Rule, reasonOf, scopesOf } from '../kernel/rule.ts'
import { type Authentication, authenticator, withoutCredentials } from './authenticate/authenticate.ts'
import { anonymousName } from './definitions/code-definitions.ts'
import { isScopeName } from './issuing/scope-text.ts'
import type { Limits } from './limits/limits.ts'

/** What guards are made of. */
export interface GuardParts {
  readonly authentication: Authentication
  readonly limits: Limits
  /** The caller with what its roles permit. */
  readonly withPermissions: (caller: Caller) => Caller
}

type Step = (attempt: Attempt) => Awaitable<'dropped' | undefined>

/** The guard of an entrance: what is counted before, who calls, whether they may, what is counted after; as far as it has any. */
export function guardOf(
  entrance: Entrance,
  { authentication, limits, withPermissions }: GuardParts,
  uncounted?: 'uncounted',
): Guard | undefined {
  const { settings, entry } = entrance
  const names = namesOf(settings.security)
  const [before, after] = uncounted === undefined ? [limits.before(entrance), limits.after(entrance)] : []
  const authenticate = names && authenticating(names, authentication, withPermissions)
  const rules = [settings.allow, entry.service.allow].filter((each) => each !== undefined)
  const authorise = rules.length === 0 ? undefined : authorising(rules, names, { authentication, withPermissions })
  const steps = [before, authenticate, authorise, after].filter((each) => each !== undefined)
  if (steps.length === 0) return undefined
  return (attempt) => through(steps, attempt, 0)
}

/** The names that a setting stands for; nothing where the channel is open. */
export function namesOf(security: Entrance['settings']['security']): readonly string[] | undefined {
  if (security === undefined || security === false) return undefined
  return typeof security === 'string' ? [security] : security
}

function through(steps: readonly Step[], attempt: Attempt, from: number): Awaitable<'dropped' | undefined> {
  for (let at = from; at < steps.length; at++) {
    const passing = (steps[at] as Step)(attempt)
    if (passing === undefined) continue
    return whenReady(passing, (passed) => passed ?? through(steps, attempt, at + 1))
  }
  return undefined
}

function authenticating(
  names: readonly string[],
  parts: Authentication,
  withPermissions: GuardParts['withPermissions'],
): Step {
  const authenticate = authenticator(names, parts)
  const optional = names.includes(anonymousName)
  const admit = (attempt: Attempt, caller: Caller | undefined): undefined => {
    if (caller === undefined && !optional) throw withoutCredentials(names, parts)
    attempt.caller = caller ?? anonymous
  }
  return (attempt) => {
    // Whoever hands a call over may vouch for its caller.
    if (attempt.caller !== undefined && attempt.caller !== anonymous) {
      const { definition } = attempt.caller
      // But not for one with credentials of this app that do not count here.
      const elsewhere = definition !== undefined && parts.book.knows(definition)
      if (elsewhere && !parts.book.members(names).includes(definition)) throw withoutCredentials(names, parts)
      attempt.caller = withPermissions(attempt.caller)
      return undefined
    }
    const caller = authenticate(attempt)
    return isPromise(caller) ? caller.then((found) => admit(attempt, found)) : admit(attempt, caller)
  }
}

/** Asks what the rules say of the caller alone; functions of the call are asked when its input is there. */
function authorising(
  rules: readonly (CallerRule | Rule<never>)[],
  names: readonly string[] | undefined,
  { authentication, withPermissions }: Pick<GuardParts, 'authentication' | 'withPermissions'>,
): Step {
  return (attempt) => {
    if (names === undefined && attempt.caller !== undefined) attempt.caller = withPermissions(attempt.caller)
    const caller = attempt.caller ?? anonymous
    for (const rule of rules) {
      if (decidedFor(rule, caller) !== false) continue
      // Somebody unknown may be allowed once it is known who that is.
      if (names !== undefined && caller === anonymous) throw withoutCredentials(names, authentication)
      throw refused(rule, caller, attempt)
    }
    return undefined
  }
}

function refused(rule: Rule<never>, caller: Caller, attempt: Attempt): Error {
  // What is no name for a scope cannot stand in a header.
  const lacking = scopesOf(rule).filter((each) => isScopeName(each) && !caller.scopes.includes(each))
  const byToken = /^bearer /i.test(String(attempt.headers.authorization ?? ''))
  // RFC 6750, 3.1.
  const challenge = `Bearer error="insufficient_scope", scope="${lacking.join(' ')}"`
  const headers = lacking.length > 0 && byToken ? { headers: { 'WWW-Authenticate': challenge } } : {}
  return problem('forbidden', reasonOf(rule, caller), headers)
}
