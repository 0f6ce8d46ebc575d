import { z } from 'zod'
import type { CacheOptions } from '../../src/http/cache/cache-settings.ts'
import { get, type RestDefaults } from '../../src/http/rest-channel.ts'
import type { Clock } from '../../src/kernel/clock.ts'
import { type Service, service } from '../../src/kernel/service.ts'
import { ask, headerOf, jsonOf, type RawReply } from './raw-connection.ts'
import type { Served } from './served.ts'

/** A clock that stands still until it is moved, in seconds. */
export function handClock(): Clock & { readonly pass: (seconds: number) => void } {
  let time = Date.parse('2026-01-02T03:04:05.000Z')
  return {
    now: () => new Date(time),
    elapsed: () => time,
    pass: (seconds) => {
      time += seconds * 1000
    },
  }
}

/** What a counting service returns. */
export const Count: z.ZodType<{ count: number }> = z.object({ count: z.int() })

/** A service that counts its calls, at `GET /count`. */
export function counting(
  options: RestDefaults & { readonly cache: CacheOptions },
  more: (http: HttpOf) => void = () => {},
): Service {
  let count = 0
  return service({
    name: 'count',
    output: Count,
    on: get('/count', options),
    handle: ({ http }) => {
      if (http !== undefined) more(http)
      return { count: ++count }
    },
  })
}

/** What a counting service may do to its reply. */
export type HttpOf = { readonly setHeader: (name: string, value: string) => void; status: number }

/** Where the reply says that it came from. */
export const cacheOf = (reply: RawReply): string | undefined => headerOf(reply, 'x-cache')

/** The mark and the count of each reply, one request after another. */
export async function counts(
  served: Served,
  ...requests: readonly Readonly<Record<string, string>>[]
): Promise<unknown[]> {
  const seen: unknown[] = []
  for (const headers of requests) {
    const reply = await ask(served.port, 'GET /count', headers)
    seen.push([cacheOf(reply), jsonOf(reply).count])
  }
  return seen
}
