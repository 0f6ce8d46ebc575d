import type { Rate } from '../../kernel/access-settings.ts'
import { rateFault } from './rate.ts'
import type { LimitHeaders } from './rate-limit-headers.ts'
import { redisPackageFault, redisUrlFault } from './redis-store.ts'

/** How often clients may fail to authenticate. */
export interface FailureLimits {
  /** From one address (IPv6 by its first 64 bits), whoever they say they are; `20/minute` if it is not given. */
  readonly address?: Rate | false
  /** From one address with one user name; `5/minute` if it is not given. */
  readonly username?: Rate | false
}

/** A Redis or Valkey in which calls are counted. */
export interface SharedLimitStore {
  /** Such as `redis://10.0.0.5:6379/1`, `rediss://…` for TLS, or `unix:/run/redis.sock`. */
  readonly url: string
  /** Goes in front of each key, so that apps can share a server; `trestle:` and the title of the app if not given. */
  readonly prefix?: string
  /** Lets calls through uncounted while the server is away; otherwise, as if not given, they are answered with 503. */
  readonly failOpen?: boolean
}

/** How an app counts calls. */
export interface LimitSettings {
  /**
   * How often clients may fail to authenticate before each further attempt, right or wrong, is refused until there is
   * room again; `false` for any number.
   */
  readonly failures?: false | FailureLimits
  /**
   * Where calls are counted: `memory` of the process, or a Redis or Valkey for several machines, by its address. If it is
   * not given, the data folder, for all processes that share it; or memory, where there is none.
   */
  readonly limitStore?: string | SharedLimitStore
  /**
   * Which headers tell callers what is left of their limits: those of the current `draft` (`RateLimit-Policy` and
   * `RateLimit`), `legacy` ones (`X-RateLimit-*`), `both`, or none. `draft` if it is not given.
   */
  readonly limitHeaders?: LimitHeaders
}

/** What is wrong with the settings, as whole sentences that say how to mend it. */
export function limitSettingFaults({ failures, limitStore, limitHeaders = 'draft' }: LimitSettings): readonly string[] {
  const faults: (string | undefined)[] = []
  if (typeof failures === 'string') {
    faults.push(`the setting failures is '${failures}': give rates, such as { address: '20/minute' }, or false`)
  } else if (failures !== undefined && failures !== false) {
    for (const [name, rate] of Object.entries(failures)) {
      const fault = rate === false ? undefined : rateFault(rate, [])
      faults.push(fault && `the setting failures.${name} ${fault}`)
    }
  }
  if (limitStore !== undefined && limitStore !== 'memory') {
    const url = typeof limitStore === 'string' ? limitStore : limitStore.url
    const wrongUrl = redisUrlFault(url)
    faults.push(wrongUrl && `the setting limitStore ${wrongUrl}`)
    const missing = redisPackageFault()
    faults.push(missing && `the setting limitStore ${missing}`)
  }
  if (!['draft', 'both', 'legacy', false].includes(limitHeaders)) {
    faults.push(`the setting limitHeaders is '${limitHeaders}': take 'draft', 'legacy', 'both' or false`)
  }
  return faults.filter((each) => each !== undefined)
}
