import type { Limit, LimitKey, LimitOptions, LimitRule } from '../../kernel/access-settings.ts'
import type { Attempt } from '../../kernel/attempt.ts'
import type { SecurityHost } from '../host.ts'
import { headerString, seconds } from './header-text.ts'
import type { Counter } from './limit-store.ts'
import { rateFault, readRate } from './rate.ts'
import { bucket, fixed, sliding, type Tally } from './tally.ts'
import { timeOfDay, timeOfDayFault } from './time-of-day.ts'

/** A limit at one rate. */
export interface Quota {
  readonly counter: Counter
  /** Such as `100 per 1 minute`. */
  readonly words: string
  /** How many calls: 100 of `100 per 1 minute`. */
  readonly limit: number
  /** In which time: `1 minute`. */
  readonly window: string
  /** What clients know it by, as headers hold it, such as `"address"`. */
  readonly policy: string
  /** The same with its numbers, such as `"address";q=100;w=60`. */
  readonly policyItem: string
}

/** A limit, compiled. */
export interface CompiledLimit {
  readonly by: LimitKey
  /** At which rate it counts a call, if at all. */
  readonly quotaFor: (attempt: Attempt, now: number) => Quota | 'unlimited' | 'disallowed'
  /** Whether it never counts anything. */
  readonly unlimited: boolean
}

type Host = Pick<SecurityHost, 'addressList' | 'isAddressEntry'>

/** What is wrong with a limit, as the end of a sentence that begins with what limit it is. */
export function limitFault(limit: Limit, { isAddressEntry }: Pick<Host, 'isAddressEntry'>): string | undefined {
  if ((typeof limit !== 'string' && typeof limit !== 'object') || limit === null) {
    return "is no limit: write one such as '100/minute'"
  }
  const { rate, by, algorithm, burst, name, rules = [] } = inFull(limit)
  const wrong = rateFault(rate, ['unlimited', 'disallowed'])
  if (wrong !== undefined) return wrong
  if (by !== undefined && typeof by !== 'function' && !keys.includes(by)) {
    return `counts by '${by}': take '${keys.join("', '")}' or a function`
  }
  if (algorithm !== undefined && !algorithms.includes(algorithm)) {
    return `counts by the algorithm '${algorithm}': take '${algorithms.join("', '")}'`
  }
  if (burst !== undefined && algorithm !== 'bucket') return "has a burst, which only the algorithm 'bucket' has"
  if (burst !== undefined && !(Number.isSafeInteger(burst) && burst >= 1)) {
    return `has the burst ${burst}: give a whole number of calls`
  }
  if (name !== undefined && !/^[\x20-\x7e]{1,64}$/.test(name)) {
    return `has the name '${name}': give up to 64 characters of ASCII, since headers show it`
  }
  return rules.map((rule) => ruleFault(rule, isAddressEntry)).find((fault) => fault !== undefined)
}

const keys: readonly string[] = ['address', 'definition', 'caller', 'role', 'channel']
const algorithms: readonly string[] = ['sliding', 'fixed', 'bucket']

function ruleFault(
  { from = [], between, timeZone, rate }: LimitRule,
  isAddressEntry: Host['isAddressEntry'],
): string | undefined {
  const stranger = from.find((each) => !isAddressEntry(each))
  if (stranger !== undefined) {
    return `has a rule from '${stranger}', which is no address: write one such as 10.0.0.7, 10.0.0.0/8 or private`
  }
  if (between === undefined && timeZone !== undefined) return "has a rule with a 'timeZone', but without 'between'"
  return (
    (between && timeOfDayFault(between, timeZone)) ??
    rateFault(rate, ['unlimited', 'disallowed'])?.replace('has the rate', 'has a rule with the rate')
  )
}

function inFull(limit: Limit): LimitOptions {
  return typeof limit === 'string' ? { rate: limit } : limit
}

/** Where a limit stands. */
export interface LimitPlace {
  /** The same in every process. */
  readonly id: string
  /** Whom it counts by unless it says so. */
  readonly by: LimitKey
  /** What clients know it by unless it has a name. */
  readonly policy?: string
}

/** What clients know a limit by. */
export function policyOf(limit: Limit, by: LimitKey): string {
  const options = inFull(limit)
  return options.name ?? keyName(options.by ?? by)
}

/** What limits share that are one, wherever they stand, and all else that they say; nothing for one without a name. */
export function sharedName(limit: Limit, by: LimitKey): { readonly id: string; readonly text: string } | undefined {
  const { name, by: key = by, ...said } = inFull(limit)
  if (name === undefined) return undefined
  const { rate, algorithm = 'sliding', burst, rules = [] } = said
  return { id: `${name} by ${keyName(key)}`, text: JSON.stringify([readRate(rate) ?? rate, algorithm, burst, rules]) }
}

function keyName(key: LimitKey): string {
  return typeof key === 'function' ? 'own' : key
}

/** Compiles a limit that has no fault. */
export function compiledLimit(limit: Limit, place: LimitPlace, { addressList }: Host): CompiledLimit {
  const options = inFull(limit)
  const key = options.by ?? place.by
  const policy = headerString(place.policy ?? policyOf(limit, place.by))
  const owner = sharedName(limit, place.by)?.id ?? place.id
  const quotaOf = (rate: string): Quota | 'unlimited' | 'disallowed' => {
    if (rate === 'unlimited' || rate === 'disallowed') return rate
    const read = readRate(rate)
    if (read === undefined) return 'unlimited'
    const tally = tallyOf(read, options)
    const counter = { id: `${owner} ${tally.script.join('/')}`, tally }
    const policyItem = `${policy};q=${tally.most};w=${seconds(tally.period)}`
    return { counter, words: read.words, limit: read.limit, window: read.span, policy, policyItem }
  }
  const base = quotaOf(options.rate)
  const rules = (options.rules ?? []).map(({ from = [], between, timeZone, rate }) => {
    const isFrom = from.length === 0 ? undefined : addressList(from)
    const isWithin = between && timeOfDay(between, timeZone)
    const quota = quotaOf(rate)
    const fits = ({ clientAddress }: Attempt, now: number): boolean =>
      (isFrom === undefined || (clientAddress !== undefined && isFrom(clientAddress))) && (isWithin?.(now) ?? true)
    return { fits, quota }
  })
  const all = [base, ...rules.map(({ quota }) => quota)]
  return {
    by: key,
    quotaFor: (attempt, now) => {
      for (const { fits, quota } of rules) if (fits(attempt, now)) return quota
      return base
    },
    unlimited: all.every((each) => each === 'unlimited'),
  }
}

function tallyOf(
  read: NonNullable<ReturnType<typeof readRate>>,
  { algorithm = 'sliding', burst = read.limit }: LimitOptions,
): Tally {
  if (algorithm === 'fixed') return fixed(read)
  return algorithm === 'bucket' ? bucket(read, burst) : sliding(read)
}
