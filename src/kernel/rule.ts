import type { Caller } from './caller.ts'
import { type Awaitable, isPromise } from './chain.ts'

/** Who has a role. */
export interface RoleRule {
  /** Its name. */
  readonly role: string
  /** What a caller who is refused is told; it names the role if it is not given. */
  readonly reason?: string
}

/** Who has a scope. */
export interface ScopeRule {
  /** Its name. */
  readonly scope: string
  /** What a caller who is refused is told; it names the scope if it is not given. */
  readonly reason?: string
}

/** Who has a permission, by itself or by one of its roles; `orders:*` covers `orders:read`. */
export interface PermissionRule {
  /** Its name. */
  readonly permission: string
  /** What a caller who is refused is told; it names the permission if it is not given. */
  readonly reason?: string
}

/** Whoever has shown credentials. */
export interface AuthenticatedRule {
  /** Says that it is this rule. */
  readonly authenticated: true
  /** What a caller who is refused is told. */
  readonly reason?: string
}

/** Who may call, as data: it looks at nothing but the caller, so that it can stand in a file. */
export type CallerRule = PlainRule | CombinedCallerRule

type PlainRule = RoleRule | ScopeRule | PermissionRule | AuthenticatedRule

type CombinedCallerRule =
  | { readonly allOf: readonly CallerRule[]; readonly reason?: string }
  | { readonly anyOf: readonly CallerRule[]; readonly reason?: string }
  | { readonly not: CallerRule; readonly reason?: string }

/** Decides by the call: its validated input, and what the service uses, such as the object that it is about. */
export type CallTest<C> = (call: C) => Awaitable<boolean>

/** Who may call a service: a rule about the caller, a function of the call, or several of them in one. */
export type Rule<C> = PlainRule | CallTest<C> | CombinedRule<C>

type CombinedRule<C> =
  | { readonly allOf: readonly Rule<C>[]; readonly reason?: string }
  | { readonly anyOf: readonly Rule<C>[]; readonly reason?: string }
  | { readonly not: Rule<C>; readonly reason?: string }

type Reason = { readonly reason?: string }

/**
 * Lets callers in that have a role.
 *
 * ```ts
 * role('admin') // => { role: 'admin' }
 * ```
 */
export function role(name: string, options?: Reason): RoleRule {
  return { role: name, ...options }
}

/**
 * Lets callers in whose credentials carry a scope.
 *
 * ```ts
 * scope('orders:write') // => { scope: 'orders:write' }
 * ```
 */
export function scope(name: string, options?: Reason): ScopeRule {
  return { scope: name, ...options }
}

/**
 * Lets callers in that are permitted something, by their definition or by one of their `roles`; `orders:*` permits
 * `orders:read`, and `*` everything.
 *
 * ```ts
 * permission('orders:read') // => { permission: 'orders:read' }
 * ```
 */
export function permission(name: string, options?: Reason): PermissionRule {
  return { permission: name, ...options }
}

/**
 * Lets callers in that have shown who they are.
 *
 * ```ts
 * authenticated // => { authenticated: true }
 * ```
 */
export const authenticated: AuthenticatedRule = { authenticated: true }

/**
 * Lets callers in that all of the rules let in.
 *
 * ```ts
 * allOf(role('admin'), scope('orders:write')) // => { allOf: [{ role: 'admin' }, { scope: 'orders:write' }] }
 * ```
 */
export function allOf(...rules: readonly CallerRule[]): CallerRule {
  return { allOf: rules }
}

/**
 * Lets callers in that one of the rules lets in. A service may have functions among them, in the plain form, since the
 * compiler then knows the call: its input, and what the service uses.
 *
 * ```ts
 * anyOf(role('admin'), scope('orders:write')) // => { anyOf: [{ role: 'admin' }, { scope: 'orders:write' }] }
 *
 * const readOrder = service({
 *   name: 'read-order',
 *   input: z.object({ owner: z.string() }),
 *   allow: { anyOf: [role('admin'), ({ input, caller }) => input.owner === caller.username] },
 *   on: get('/orders/{owner}'),
 *   handle: () => {},
 * })
 * await using app = createApp({ services: [readOrder] })
 * const caller = { definition: 'users', username: 'ada', roles: [], scopes: [] }
 * const own = await app.fetch(new Request('http://localhost/orders/ada'), { caller })
 * own.status // => 204
 * const other = await app.fetch(new Request('http://localhost/orders/bob'), { caller })
 * other.status // => 403
 * ```
 */
export function anyOf(...rules: readonly CallerRule[]): CallerRule {
  return { anyOf: rules }
}

/**
 * Lets callers in that the rule does not.
 *
 * ```ts
 * not(role('guest')) // => { not: { role: 'guest' } }
 * ```
 */
export function not(rule: CallerRule): CallerRule {
  return { not: rule }
}

type AnyRule = Rule<never>

/** Whether a value is a rule about the caller, whole: it may come from a file, or through JSON, which drops functions. */
export function isCallerRule(value: unknown): value is CallerRule {
  return isWhole(value, () => false)
}

/** Whether a value is a rule of a service, in which functions may be. */
export function isRule(value: unknown): value is AnyRule {
  return isWhole(value, (each) => typeof each === 'function')
}

function isWhole(value: unknown, isTest: (value: unknown) => boolean): boolean {
  if (isTest(value)) return true
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const rule = value as Readonly<Record<string, unknown>>
  const kinds = Object.keys(rule).filter((each) => each !== 'reason')
  if (kinds.length !== 1) return false
  const list = rule.allOf ?? rule.anyOf
  if (list !== undefined) return Array.isArray(list) && list.every((each) => isWhole(each, isTest))
  if ('not' in rule) return isWhole(rule.not, isTest)
  if ('authenticated' in rule) return rule.authenticated === true
  const name = rule.role ?? rule.scope ?? rule.permission
  return typeof name === 'string' && name !== ''
}

/** Whether the caller alone decides a rule, and how; undefined where it depends on the call. */
export function decidedFor(rule: AnyRule, caller: Caller): boolean | undefined {
  if (typeof rule === 'function') return undefined
  if ('role' in rule) return caller.roles.includes(rule.role)
  if ('scope' in rule) return caller.scopes.includes(rule.scope)
  if ('permission' in rule) return isPermitted(rule.permission, caller.permissions ?? [])
  if ('authenticated' in rule) return caller.definition !== undefined
  if ('not' in rule) {
    const inner = decidedFor(rule.not, caller)
    return inner === undefined ? undefined : !inner
  }
  // As soon as one of them has this value, so has the whole.
  const [rules, decisive] = 'allOf' in rule ? [rule.allOf, false] : [rule.anyOf, true]
  let open = false
  for (const each of rules) {
    const inner = decidedFor(each, caller)
    if (inner === decisive) return decisive
    open ||= inner === undefined
  }
  return open ? undefined : !decisive
}

/** Whether a rule has a function of the call in it, so that the caller alone does not decide it. */
export function asksTheCall(rule: AnyRule): boolean {
  if (typeof rule === 'function') return true
  if ('not' in rule) return asksTheCall(rule.not)
  if ('allOf' in rule) return rule.allOf.some(asksTheCall)
  return 'anyOf' in rule && rule.anyOf.some(asksTheCall)
}

/** Whether a rule lets a call in; functions are asked in order, and only as long as they decide anything. */
export function lets(rule: AnyRule, caller: Caller, call: object): Awaitable<boolean> {
  const decided = decidedFor(rule, caller)
  if (decided !== undefined) return decided
  if (typeof rule === 'function') {
    const answer = rule(call as never)
    return isPromise(answer) ? Promise.resolve(answer).then((value) => value === true) : answer === true
  }
  if ('not' in rule) {
    const inner = lets(rule.not, caller, call)
    return isPromise(inner) ? inner.then((value) => !value) : !inner
  }
  if ('allOf' in rule) return untilOne(rule.allOf, false, caller, call)
  return 'anyOf' in rule ? untilOne(rule.anyOf, true, caller, call) : false
}

function untilOne(
  rules: readonly AnyRule[],
  decisive: boolean,
  caller: Caller,
  call: object,
  from: number = 0,
): Awaitable<boolean> {
  for (let at = from; at < rules.length; at++) {
    const inner = lets(rules[at] as AnyRule, caller, call)
    if (isPromise(inner)) {
      return inner.then((value) => (value === decisive ? decisive : untilOne(rules, decisive, caller, call, at + 1)))
    }
    if (inner === decisive) return decisive
  }
  return !decisive
}

/** What a caller is told that a rule does not let in. */
export function reasonOf(rule: AnyRule, caller: Caller): string {
  if (typeof rule === 'function') return 'The call is not allowed for this caller'
  if (rule.reason !== undefined) return rule.reason
  const missing = 'allOf' in rule ? rule.allOf.find((each) => decidedFor(each, caller) === false) : undefined
  if (missing !== undefined) return reasonOf(missing, caller)
  const needed = wordsOf(rule)
  return needed === undefined ? 'The call is not allowed for this caller' : `This needs ${needed}`
}

/** The scopes that a rule asks for, for the challenge of a bearer (RFC 6750, 3) and the API description. */
export function scopesOf(rule: AnyRule | undefined): readonly string[] {
  if (rule === undefined || typeof rule === 'function') return []
  if ('scope' in rule) return [rule.scope]
  if ('allOf' in rule) return [...new Set(rule.allOf.flatMap(scopesOf))]
  if ('anyOf' in rule) return [...new Set(rule.anyOf.flatMap(scopesOf))]
  return []
}

/** A rule in words, such as `the role admin or the scope users:write`; undefined where it has none. */
function wordsOf(rule: AnyRule): string | undefined {
  if (typeof rule === 'function') return undefined
  if ('role' in rule) return `the role ${rule.role}`
  if ('scope' in rule) return `the scope ${rule.scope}`
  if ('permission' in rule) return `the permission ${rule.permission}`
  if ('authenticated' in rule) return 'credentials'
  if ('not' in rule) return undefined
  const [rules, word] = 'allOf' in rule ? [rule.allOf, ' and '] : [rule.anyOf, ' or ']
  const words = rules.map(wordsOf).filter((each) => each !== undefined)
  return words.length === 0 ? undefined : words.join(word)
}

function isPermitted(wanted: string, permissions: readonly string[]): boolean {
  return permissions.some((each) => {
    return each === wanted || each === '*' || (each.endsWith(':*') && wanted.startsWith(each.slice(0, -1)))
  })
}
