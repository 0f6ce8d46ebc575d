import type { Outgoing } from '../exchange.ts'
import { headerIn } from '../reply/header-list.ts'
import { namesIn } from '../reply/vary.ts'
import { readDirectives } from './cache-control.ts'
import type { CacheOptions } from './cache-settings.ts'

/** What makes a `Cache-Control` of a service keep its reply out of the cache. */
const refusing = ['no-store', 'no-cache', 'private']

/** For how long a reply may be kept, in seconds; 0 when it may not be kept at all (RFC 9111, 3). */
export function lifetime(
  { status, headers, body }: Outgoing,
  { ttl, maxBytes = 1_000_000 }: CacheOptions,
  varied: readonly string[],
): number {
  if (status < 200 || status > 299 || status === 206) return 0
  if (body !== undefined && (typeof body === 'string' ? Buffer.byteLength(body) : sizeOf(body)) > maxBytes) return 0
  if (headerIn(headers, 'set-cookie') !== undefined) return 0
  if (!namesIn(headerIn(headers, 'vary') ?? '').every((name) => varied.includes(name.toLowerCase()))) return 0
  const control = readDirectives(headerIn(headers, 'cache-control') ?? '')
  if (refusing.some((name) => control.has(name))) return 0
  const declared = control.get('s-maxage') ?? control.get('max-age')
  if (declared === undefined) return ttl
  return /^\d+$/.test(declared) ? Math.min(ttl, Number(declared)) : 0
}

/** Of a stream nobody knows the size, nor may two read it. */
function sizeOf(body: NonNullable<Exclude<Outgoing['body'], string>>): number {
  return body instanceof Uint8Array ? body.byteLength : Number.POSITIVE_INFINITY
}
