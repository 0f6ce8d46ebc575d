import type { AccessSettings, Limit, LimitKey } from '../../kernel/access-settings.ts'
import type { Attempt } from '../../kernel/attempt.ts'
import type { Caller } from '../../kernel/caller.ts'
import type { Entrance } from '../../kernel/guard.ts'
import { addressOf } from '../audit/address-of.ts'
import type { DefinitionBook } from '../definitions/book.ts'
import type { SecurityHost } from '../host.ts'
import type { SecuritySettings } from '../settings.ts'
import { type CompiledLimit, compiledLimit, limitFault, policyOf } from './compiled-limit.ts'
import { type Counting, countWith } from './counting.ts'
import { failureLimits } from './failures.ts'
import { limitSettingFaults } from './limit-settings.ts'
import type { Count, Limits } from './limits.ts'
import { namedLimits } from './named-limits.ts'
import { openLimitStore } from './open-limit-store.ts'
import { describedHeaders, teller } from './rate-limit-headers.ts'

/** Limits that are counted before it is known who calls. */
const early: readonly LimitKey[] = ['address', 'channel']

/** The limits of an app. */
export function createLimits(settings: SecuritySettings, host: SecurityHost, book: DefinitionBook): Limits {
  const { limitHeaders = 'draft', roles = {} } = settings
  const store = openLimitStore(settings, host)
  const common = { store, clock: host.clock, tell: teller(limitHeaders) }
  const faultOf = (limit: Limit): string | undefined => limitFault(limit, host)
  const nameFault = namedLimits()
  const faultAt = (limit: Limit, by: LimitKey, place: string): readonly string[] => {
    const fault = faultOf(limit) ?? nameFault(limit, by, place)
    return fault === undefined ? [] : [`the limit of ${place} ${fault}`]
  }
  const faults = ownLimits(settings).flatMap(({ place, by, limit }) => faultAt(limit, by, place))
  const roleLimits = new Map<string, CompiledLimit>()
  const definitionLimits = new Map<string, { readonly limit: Limit; readonly compiled: CompiledLimit }>()
  /** The limits that callers have of themselves, as long as no definition changes. */
  let known = new WeakMap<Caller, readonly CompiledLimit[]>()
  let knownOf = Number.NaN

  return {
    faults: [...limitSettingFaults(settings), ...faults],
    faultOf,
    faultsOf: ({ settings: { limit }, channel, entry }) =>
      saidBy(limit).flatMap((each) => faultAt(each, 'address', `${channel.address} (${entry.name})`)),
    before: (entrance) => {
      const { before, after } = phasesOf(entrance)
      return before.length === 0 ? undefined : counter(entrance, after === undefined, () => before)
    },
    after: (entrance) => {
      const { before, after } = phasesOf(entrance)
      if (after === undefined) return undefined
      return counter(
        entrance,
        before.length === 0,
        isOpen(entrance) ? () => after : ({ caller }) => withOwn(after, caller),
      )
    },
    ...failureLimits(settings.failures, store),
    headersOf: (entrance) => (limitsOf(entrance).length === 0 ? [] : describedHeaders(limitHeaders)),
    close: store.close,
  }

  /** The limits in front of authentication, and those behind it; nothing where nothing can count there. */
  function phasesOf(entrance: Entrance): {
    readonly before: readonly CompiledLimit[]
    readonly after: readonly CompiledLimit[] | undefined
  } {
    const limits = limitsOf(entrance)
    const after = limits.filter(({ by }) => !early.includes(by))
    return {
      before: limits.filter(({ by }) => early.includes(by)),
      after: after.length === 0 && isOpen(entrance) ? undefined : after,
    }
  }

  function counter(
    { channel, entry }: Entrance,
    all: boolean,
    limitsFor: (attempt: Attempt) => readonly CompiledLimit[],
  ): Count {
    const counting: Counting = {
      ...{ ...common, all },
      drop: (attempt) => {
        attempt.drop()
        const what = { type: 'call.dropped', cid: attempt.cid, channel: channel.address, service: entry.name }
        host.report({ ...what, ...addressOf(attempt) })
      },
    }
    return (attempt) => {
      const limits = limitsFor(attempt)
      return limits.length === 0 ? undefined : countWith(limits, attempt, counting)
    }
  }

  /** The limits of a channel, each known to clients by another name. */
  function limitsOf({ settings: { limit }, channel, entry }: Entrance): readonly CompiledLimit[] {
    const times = new Map<string, number>()
    return saidBy(limit).flatMap((each, at) => {
      if (faultOf(each) !== undefined) return []
      const policy = policyOf(each, 'address')
      const time = (times.get(policy) ?? 0) + 1
      times.set(policy, time)
      const place = { id: `${channel.address} ${entry.name} ${at}`, by: 'address' as const }
      const compiled = compiledLimit(each, { ...place, policy: time === 1 ? policy : `${policy}-${time}` }, host)
      return compiled.unlimited ? [] : [compiled]
    })
  }

  /** With the limits that the caller's definition and roles have of themselves. */
  function withOwn(limits: readonly CompiledLimit[], caller: Caller | undefined): readonly CompiledLimit[] {
    if (caller?.definition === undefined) return limits
    const version = book.version()
    if (version !== knownOf) known = new WeakMap()
    knownOf = version
    let own = known.get(caller)
    if (own === undefined) {
      own = [definitionLimit(caller.definition), ...caller.roles.map(roleLimit)].filter((each) => each !== undefined)
      known.set(caller, own)
    }
    if (own.length === 0) return limits
    return limits.length === 0 ? own : [...limits, ...own]
  }

  function definitionLimit(name: string): CompiledLimit | undefined {
    const limit = book.find(name)?.definition.limit
    if (limit === undefined || faultOf(limit) !== undefined) return undefined
    const before = definitionLimits.get(name)
    if (before?.limit === limit) return before.compiled
    const compiled = compiledLimit(limit, { id: `definition ${name}`, by: 'definition', policy: 'client' }, host)
    definitionLimits.set(name, { limit, compiled })
    return compiled
  }

  function roleLimit(role: string): CompiledLimit | undefined {
    const before = roleLimits.get(role)
    const said = Object.hasOwn(roles, role) ? roles[role] : undefined
    const limit = said !== undefined && 'limit' in said ? said.limit : undefined
    if (before !== undefined || limit === undefined || faultOf(limit) !== undefined) return before
    const compiled = compiledLimit(limit, { id: `role ${role}`, by: 'caller', policy: `role-${role}` }, host)
    roleLimits.set(role, compiled)
    return compiled
  }
}

/** Whether nobody is asked for credentials, so that no definition and no role has limits. */
function isOpen({ settings: { security } }: Entrance): boolean {
  return security === undefined || security === false
}

function saidBy(limit: AccessSettings['limit']): readonly Limit[] {
  return limit === undefined || limit === false ? [] : [limit].flat()
}

interface OwnLimit {
  /** What to call it in an error. */
  readonly place: string
  readonly by: LimitKey
  readonly limit: Limit
}

/** The limits that definitions and roles have of themselves. */
function ownLimits({ security = {}, roles = {} }: SecuritySettings): readonly OwnLimit[] {
  const limits = (what: string, by: LimitKey, of: Readonly<Record<string, object>>): readonly OwnLimit[] =>
    Object.entries(of).flatMap(([name, said]) => {
      const limit = 'limit' in said ? (said.limit as Limit | undefined) : undefined
      return limit === undefined ? [] : [{ place: `${what} ${name}`, by, limit }]
    })
  return [...limits('the security definition', 'definition', security), ...limits('the role', 'caller', roles)]
}
