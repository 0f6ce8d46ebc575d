import { defaultLimits, type Limits } from './limits.ts'
import { defaultTimeouts, type Timeouts } from './timeouts.ts'

/** What an app may say of how long it waits for its clients, and how much it takes from them. */
export interface FirmnessSettings {
  /** How long the server waits for clients, in milliseconds; 0 waits for ever. */
  readonly timeouts?: Partial<Timeouts>
  /** How much of something a request or connection may have; the size of a body is `bodyLimit`. */
  readonly limits?: Partial<Limits>
}

/** The times and limits of a server, each with a value. */
export interface Firmness {
  readonly timeouts: Timeouts
  readonly limits: Limits
}

/** Fills what is not said with what is safe. */
export function firmnessOf({ timeouts, limits }: FirmnessSettings): Firmness {
  return { timeouts: { ...defaultTimeouts, ...timeouts }, limits: { ...defaultLimits, ...limits } }
}

/** What is wrong with the settings, as whole sentences that say how to mend it. */
export function firmnessFaults(settings: FirmnessSettings): readonly string[] {
  const { timeouts } = firmnessOf(settings)
  const faults = [
    ...numberFaults('timeouts', settings.timeouts ?? {}, defaultTimeouts, 0, 'a number of milliseconds, or 0 for none'),
    ...numberFaults('limits', settings.limits ?? {}, defaultLimits, 1, 'a number of 1 or more'),
  ]
  if (faults.length === 0 && timeouts.request > 0 && timeouts.headers > timeouts.request) {
    const { headers, request } = timeouts
    return [`timeouts.headers (${headers}) is longer than timeouts.request (${request}), which includes it: shorten it`]
  }
  return faults
}

function numberFaults(
  setting: string,
  given: Readonly<Record<string, unknown>>,
  known: object,
  least: number,
  what: string,
): string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    if (!Object.hasOwn(known, name)) {
      return [`There is no ${setting}.${name}: there are ${Object.keys(known).join(', ')}`]
    }
    // Timers cannot wait for longer than the largest 32-bit number.
    if (value === undefined || (Number.isInteger(value) && Number(value) >= least && Number(value) < 2 ** 31)) return []
    return [`${setting}.${name} is ${String(value)}: give ${what}`]
  })
}
