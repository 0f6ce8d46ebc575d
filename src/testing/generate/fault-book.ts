import type { CheckName } from './check-name.ts'
import { maskedSteps } from './masked.ts'
import type { Phase } from './phase.ts'
import type { Fault, Step } from './result.ts'
import type { GenerateSettings } from './settings.ts'
import { matches } from './wildcard.ts'

/** What tells a fault from another one. */
export interface FaultKey {
  readonly operation: string
  readonly check: CheckName
  readonly status: number
}

/** The faults of a run, each of them once. */
export interface FaultBook {
  readonly has: (key: FaultKey) => boolean
  /** Counts a fault that is known. */
  readonly again: (key: FaultKey) => void
  readonly add: (key: FaultKey, found: Found) => void
  readonly list: () => readonly Fault[]
}

/** A fault as it was found. */
export interface Found {
  readonly message: string
  readonly members?: readonly string[]
  readonly phase: Phase
  readonly what: string
  readonly steps: readonly Step[]
  readonly path?: string | undefined
}

/** Makes an empty book of faults. */
export function createFaultBook(
  seed: number,
  { allowed = [], credentials = {} }: Pick<GenerateSettings, 'allowed' | 'credentials'>,
  onFault: (fault: Fault) => void,
): FaultBook {
  const faults = new Map<string, Fault>()
  const keyOf = ({ operation, check, status }: FaultKey): string => `${operation} ${check} ${status}`
  const isAllowed = ({ operation, check, status }: FaultKey): boolean =>
    allowed.some((each) => {
      const isOperation = each.operation === undefined || matches(each.operation, operation)
      return isOperation && (each.check ?? check) === check && (each.status ?? status) === status
    })
  return {
    has: (key) => faults.has(keyOf(key)),
    again: (key) => {
      const known = faults.get(keyOf(key))
      if (known !== undefined) faults.set(keyOf(key), { ...known, seen: known.seen + 1 })
    },
    add: (key, { path, steps, message, members = [], phase, what }) => {
      const { operation, check, status } = key
      const clean = maskedSteps(steps, Object.values(credentials))
      const fault: Fault = {
        operation,
        check,
        status,
        phase,
        what,
        members,
        message: /^[a-z]/.test(message) ? `${operation} ${message}` : message,
        steps: clean,
        seed,
        path,
        seen: 1,
        allowed: isAllowed(key),
      }
      faults.set(keyOf(key), fault)
      onFault(fault)
    },
    list: () => [...faults.values()],
  }
}
