import type { RestChannel } from '../rest-channel.ts'
import type { IdempotencyOptions } from './idempotency-settings.ts'

const unsafe: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** Whether a call by this method may change something (RFC 9110, 9.2.1), so that it matters how often it is done. */
export function isUnsafe(method: string): boolean {
  return unsafe.has(method)
}

/** How a channel does calls once; undefined where it does not, or has no calls that change anything. */
export function idempotencyOf({
  method,
  options: { idempotent = false },
}: Pick<RestChannel, 'method' | 'options'>): Required<IdempotencyOptions> | undefined {
  if (idempotent === false || !(method === '*' || isUnsafe(method))) return undefined
  const { required = idempotent === 'required', expiry = 86_400, maxBytes = 1024 * 1024 } = optionsOf(idempotent)
  return { required, expiry, maxBytes }
}

function optionsOf(idempotent: true | 'required' | IdempotencyOptions): IdempotencyOptions {
  return typeof idempotent === 'object' ? idempotent : {}
}
