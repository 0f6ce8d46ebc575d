/** So many keys are remembered. */
const most = 10_000

/**
 * Whether a key was asked for within the time for which its reply is kept, in milliseconds; remembers that it was asked
 * for now. `known` has the time until which each counts.
 */
export function wasAskedFor(known: Map<string, number>, key: string, now: number, ttl: number): boolean {
  const until = known.get(key)
  if (until !== undefined && until > now) return true
  known.delete(key)
  known.set(key, now + ttl)
  for (const oldest of known.keys()) {
    if (known.size <= most) break
    known.delete(oldest)
  }
  return false
}
