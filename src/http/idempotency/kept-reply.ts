import type { KeptReply } from '../../kernel/idempotency-store.ts'
import type { Exchange, Outgoing } from '../exchange.ts'
import { withoutHeaders } from '../reply/header-list.ts'

/**
 * Headers that belong to one call, or to the way that its reply takes. Cookies are among them: whoever has seen a
 * request shall not get the session that its reply began.
 */
const ownToCall: ReadonlySet<string> = new Set([
  'x-correlation-id',
  'content-length',
  'set-cookie',
  'connection',
  'date',
  'age',
  'x-cache',
])

/** What is kept of a reply; undefined where its body is too large, or is not there as a whole. */
export function keptReply({ status, headers, body }: Outgoing, maxBytes: number): KeptReply | undefined {
  if (body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array)) return undefined
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  if (bytes !== undefined && bytes.byteLength > maxBytes) return undefined
  return { status, headers: withoutHeaders(headers, ownToCall), body: bytes }
}

/** The headers with which a kept reply is sent again. */
export function replayedHeaders({ status, headers, body }: KeptReply, { cid }: Exchange): string[] {
  // A 204 has no length (RFC 9110, 8.6).
  const length = status === 204 || status === 304 ? [] : ['Content-Length', String(body?.byteLength ?? 0)]
  return [...headers, ...length, 'X-Correlation-ID', cid, 'Idempotency-Replayed', 'true']
}
