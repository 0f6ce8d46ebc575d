import { headerIn } from '../reply/header-list.ts'
import { readDirectives } from './cache-control.ts'
import type { CacheEntry } from './cache-store.ts'
import type { RequestDirectives } from './request-directives.ts'

/** Whether an entry is fresh, and as fresh as the client wants it (RFC 9111, 4.2); `now` is in milliseconds since 1970. */
export function isFresh({ storedAt, freshUntil }: CacheEntry, asked: RequestDirectives, now: number): boolean {
  return now < freshUntil && now - storedAt <= asked.maxAge * 1000 && freshUntil - now >= asked.minFresh * 1000
}

/** Whether the client takes an entry that is not fresh any more, where it says nothing of its own against it. */
export function takesStale({ storedAt }: CacheEntry, { maxAge, minFresh }: RequestDirectives, now: number): boolean {
  return minFresh === 0 && now - storedAt <= maxAge * 1000
}

/** Whether the time of an entry is over for so many seconds at the most, and the service allows its use then. */
export function isWithin({ freshUntil, expiresAt }: CacheEntry, seconds: number, now: number): boolean {
  return now < Math.min(expiresAt, freshUntil + seconds * 1000)
}

/** For how many seconds a reply may be of use when it is not fresh any more: not at all where the service forbids it. */
export function staleFor(headers: readonly string[], seconds: number): number {
  const said = readDirectives(headerIn(headers, 'cache-control') ?? '')
  return said.has('must-revalidate') || said.has('proxy-revalidate') ? 0 : seconds
}
