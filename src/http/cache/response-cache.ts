import type { CacheEntry, CacheStore, PurgeTarget } from './cache-store.ts'
import { type MemoryLimits, memoryStore } from './memory-store.ts'
import { pathMatcher, plainPath } from './purge-path.ts'

/** How replies are kept; see {@link responseCache}. */
export interface ResponseCacheOptions extends Partial<MemoryLimits> {
  /** Keeps them elsewhere than in the memory of the process; `maxBytes` and `maxEntries` say nothing then. */
  readonly store?: CacheStore
}

/** What became of a call that others wait for: a reply for all, none, or none because its client went away. */
export type Landed = CacheEntry | 'uncacheable' | 'gone'

/** A call on its way to a reply that is to be kept. */
export interface Flight {
  readonly path: string
  readonly service: string
  readonly landed: Promise<Landed>
  readonly land: (landed: Landed) => void
  /** Set when what it read may have changed meanwhile, so that its reply must not be kept. */
  outdated: boolean
}

/** The replies that are kept for the channels with `cache`. */
export interface ResponseCache {
  /** Drops replies, and returns how many. @see PurgeTarget */
  readonly purge: (target?: PurgeTarget) => Promise<number>
}

/** What the gates see of a cache. */
export interface CacheState {
  readonly store: CacheStore
  /** Whether an entry that is kept is one and the same object each time. */
  readonly inMemory: boolean
  /** The flights that calls with the same key may join. */
  readonly joinable: Map<string, Flight>
  /** All flights. */
  readonly flights: Set<Flight>
  /** Keys that were asked for once, with the time until which that counts. */
  readonly askedOnce: Map<string, number>
}

const states = new WeakMap<ResponseCache, CacheState>()

/**
 * Makes a cache for replies, to be given to an app as `responseCache`; an app without one makes its own, `app.cache`.
 * Memory holds 64 MiB in 10,000 replies at the most, unless `maxBytes` and `maxEntries` say otherwise.
 *
 * ```ts
 * const cache = responseCache({ maxBytes: 1_000_000 })
 * let calls = 0
 * const count = service({
 *   name: 'count',
 *   output: z.int(),
 *   on: get('/count', { cache: { ttl: 60 } }),
 *   handle: () => ++calls,
 * })
 * await using app = createApp({ services: [count], responseCache: cache })
 * const ask = async () => (await app.fetch(new Request('http://localhost/count'))).json()
 * await ask() // => 1
 * await ask() // => 1
 * await cache.purge({ path: '/count' }) // => 1
 * await ask() // => 2
 * ```
 */
export function responseCache({
  maxBytes = 64 * 1024 * 1024,
  maxEntries = 10_000,
  store: elsewhere,
}: ResponseCacheOptions = {}): ResponseCache {
  const store = elsewhere ?? memoryStore({ maxBytes, maxEntries })
  const inMemory = elsewhere === undefined
  const state: CacheState = { store, inMemory, joinable: new Map(), flights: new Set(), askedOnce: new Map() }
  const cache: ResponseCache = {
    purge: async (target = {}) => {
      outdate(state, target)
      return await store.purge(target)
    },
  }
  states.set(cache, state)
  return cache
}

/** What the gates see of a cache. @throws TypeError for a cache that {@link responseCache} did not make */
export function stateOf(cache: ResponseCache): CacheState {
  const state = states.get(cache)
  if (state === undefined) throw new TypeError('this is no cache for replies: make one with responseCache()')
  return state
}

/** Begins a flight; those with the key join it. */
export function takeOff({ joinable, flights }: CacheState, key: string, path: string, service: string): Flight {
  const { promise, resolve } = Promise.withResolvers<Landed>()
  const flight: Flight = {
    path: plainPath(path),
    service,
    outdated: false,
    landed: promise,
    land: (landed) => {
      flights.delete(flight)
      if (joinable.get(key) === flight) joinable.delete(key)
      resolve(landed)
    },
  }
  flights.add(flight)
  joinable.set(key, flight)
  return flight
}

/** Makes sure that no flight keeps what is about to be dropped, and that nobody joins such a flight any more. */
export function outdate({ joinable, flights }: CacheState, { path, service }: PurgeTarget): void {
  if (flights.size === 0) return
  const matches = path === undefined ? () => true : pathMatcher(path)
  for (const flight of flights) {
    if (!matches(flight.path) || (service !== undefined && flight.service !== service)) continue
    flight.outdated = true
  }
  for (const [key, flight] of joinable) if (flight.outdated) joinable.delete(key)
}
