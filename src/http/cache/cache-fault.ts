import { headerFault } from '../reply/reply-header.ts'
import type { RestDefaults } from '../rest-channel.ts'
import { cacheControlText, readDirectives } from './cache-control.ts'
import type { CacheOptions } from './cache-settings.ts'

/** What is wrong with the settings of the cache for replies, each as the end of a sentence. */
export function cacheFaults({ cache, cacheControl, invalidates = [] }: RestDefaults): string[] {
  const paths = invalidates.filter((path) => !path.startsWith('/'))
  const faults = paths.map((path) => `invalidates '${path}', which is no path: let it begin with '/'`)
  if (!cache) return faults
  if (cacheControl && readDirectives(cacheControlText(cacheControl)).has('no-store')) {
    faults.push('has cache and no-store: leave one out')
  }
  return [...faults, ...numberFaults(cache), ...varyFaults(cache)]
}

function numberFaults({ ttl, maxBytes = 1, wait = 0, ...stale }: CacheOptions): string[] {
  const faults: string[] = []
  if (!(ttl > 0)) faults.push(`has a cache with the ttl ${ttl}: give a number of seconds above 0`)
  if (!(maxBytes > 0)) faults.push(`has a cache with the maxBytes ${maxBytes}: give a number of bytes above 0`)
  if (!(wait >= 0 && wait < 2 ** 31)) faults.push(`has a cache with the wait ${wait}: give a number of milliseconds`)
  for (const name of ['staleWhileRevalidate', 'staleIfError'] as const) {
    const { [name]: seconds = 0 } = stale
    if (!(seconds >= 0)) faults.push(`has a cache with the ${name} ${seconds}: give a number of seconds`)
  }
  return faults
}

function varyFaults({ vary = [] }: CacheOptions): string[] {
  return vary.flatMap((name) => {
    if (name === '*') return ["has a cache that varies by '*': name the headers, or leave the cache out"]
    if (headerFault(name, '') === undefined) return []
    return [`has a cache that varies by '${name}', which is no header that a request may be told apart by: change it`]
  })
}
