import type { Limits } from './limits.ts'

/** The limits of an app. */
export function createLimits(): Limits {
  return {
    faultOf: () => undefined,
    before: () => undefined,
    after: () => undefined,
    checkFailures: () => undefined,
    failed: () => undefined,
    close: async () => {},
  }
}
