import type { CallContext } from '../kernel/call-context.ts'
import type { Awaitable } from '../kernel/chain.ts'

/** Looks whether something that the app needs is there; it throws when not. */
export type HealthCheck = (signal: AbortSignal) => Awaitable<unknown>

/** What an app says of its own health. */
export interface HealthSettings {
  /**
   * What `/health` and `/health/ready` look at: each check has `timeout` milliseconds (2,000 if not given), and its
   * signal aborts then.
   */
  readonly health?: {
    readonly checks?: Readonly<Record<string, HealthCheck>>
    readonly timeout?: number
  }
}

/** What became of one check. */
interface CheckResult {
  readonly status: 'pass' | 'fail'
  /** When it was looked at, as RFC 3339 has it. */
  readonly time: string
  /** Why it fails; outside of development only the log has the reason. */
  readonly output?: string
}

/** What became of all checks, by their names. */
export type CheckResults = Readonly<Record<string, readonly CheckResult[]>>

/** Compiles the checks of an app; nothing when it has none. Those who ask at the same time share one look. */
export function healthChecks(
  { checks = {}, timeout = 2_000 }: NonNullable<HealthSettings['health']> = {},
  development: boolean,
): ((call: CallContext) => Promise<CheckResults>) | undefined {
  const names = Object.keys(checks)
  if (names.length === 0) return undefined
  let looking: Promise<CheckResults> | undefined

  const look = async (call: CallContext): Promise<CheckResults> => {
    const results = await Promise.all(Object.entries(checks).map(([name, check]) => resultOf(call, name, check)))
    return Object.fromEntries(names.map((name, at) => [name, [results[at] as CheckResult]]))
  }
  const resultOf = async ({ time, log }: CallContext, name: string, check: HealthCheck): Promise<CheckResult> => {
    const at = time.now().toISOString()
    try {
      await inTime(check, timeout)
      return { status: 'pass', time: at }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      log.error({ check: name, err: error }, `the health check ${name} failed: ${reason}`)
      return {
        status: 'fail',
        time: at,
        output: development || error instanceof LateError ? reason : 'The check failed',
      }
    }
  }
  return (call) => {
    looking ??= look(call).finally(() => {
      looking = undefined
    })
    return looking
  }
}

/** What is wrong with the settings, as whole sentences that say how to mend it. */
export function healthFaults({ health }: HealthSettings): readonly string[] {
  const { checks = {}, timeout = 1 } = health ?? {}
  const odd = Object.entries(checks).filter(([, check]) => typeof check !== 'function')
  return [
    ...odd.map(([name]) => `health.checks.${name} is no function: give one that throws when something is wrong`),
    ...(Number.isInteger(timeout) && timeout > 0 && timeout < 2 ** 31
      ? []
      : [`health.timeout is ${timeout}: give a number of milliseconds`]),
  ]
}

class LateError extends Error {}

async function inTime(check: HealthCheck, timeout: number): Promise<void> {
  const abort = new AbortController()
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    const reason = new LateError(`No answer in ${timeout} ms`)
    abort.abort(reason)
    late.reject(reason)
  }, timeout)
  try {
    await Promise.race([check(abort.signal), late.promise])
  } finally {
    clearTimeout(timer)
  }
}
