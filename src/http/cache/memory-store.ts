import type { CacheEntry, CacheStore, PurgeTarget } from './cache-store.ts'
import { isPattern, pathMatcher, plainPath } from './purge-path.ts'

/** How much is kept in memory. */
export interface MemoryLimits {
  /** Of all replies together, in bytes. */
  readonly maxBytes: number
  readonly maxEntries: number
}

interface Kept extends CacheEntry {
  readonly size: number
}

/** Keeps replies in the memory of the process; those that nobody has asked for longest make room for others. */
export function memoryStore({ maxBytes, maxEntries }: MemoryLimits): CacheStore {
  // A map keeps the order in which keys came: the first is the one that was not asked for longest.
  const entries = new Map<string, Kept>()
  const keysByPath = new Map<string, Set<string>>()
  let bytes = 0

  const drop = (key: string): boolean => {
    const entry = entries.get(key)
    if (entry === undefined) return false
    entries.delete(key)
    bytes -= entry.size
    const keys = keysByPath.get(entry.path)
    keys?.delete(key)
    if (keys?.size === 0) keysByPath.delete(entry.path)
    return true
  }

  const keysAt = ({ path }: PurgeTarget): string[] => {
    if (path === undefined) return [...entries.keys()]
    if (!isPattern(path)) return [...(keysByPath.get(plainPath(path)) ?? [])]
    const matches = pathMatcher(path)
    return [...keysByPath].flatMap(([each, keys]) => (matches(each) ? [...keys] : []))
  }

  return {
    get: (key) => {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      entries.delete(key)
      entries.set(key, entry)
      return entry
    },
    set: (key, given) => {
      drop(key)
      const entry = sizeOf(key, given) > maxBytes ? { ...given, forms: {} } : given
      const size = sizeOf(key, entry)
      if (size > maxBytes) return
      entries.set(key, { ...entry, size })
      bytes += size
      const keys = keysByPath.get(entry.path)
      if (keys === undefined) keysByPath.set(entry.path, new Set([key]))
      else keys.add(key)
      for (const oldest of entries.keys()) {
        if (bytes <= maxBytes && entries.size <= maxEntries) break
        drop(oldest)
      }
    },
    delete: (key) => void drop(key),
    purge: (target) => {
      const { service } = target
      return keysAt(target).filter((key) => {
        return (service === undefined || entries.get(key)?.service === service) && drop(key)
      }).length
    },
  }
}

/** What an entry takes up beside its texts, roughly, in bytes. */
const overhead = 500

function sizeOf(key: string, { body, headers, forms = {} }: CacheEntry): number {
  const content = typeof body === 'string' ? Buffer.byteLength(body) : (body?.byteLength ?? 0)
  const coded = Object.values(forms).reduce((sum, bytes) => sum + bytes.byteLength, 0)
  return headers.reduce((sum, text) => sum + text.length, overhead + key.length + content + coded)
}
