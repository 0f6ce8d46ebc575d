import type { Awaitable } from '../../kernel/chain.ts'
import type { Exchange } from '../exchange.ts'
import { addHeaders } from './reply-header.ts'

/** Statuses whose replies have no content, whatever a service returns (RFC 9110, 15). */
export const bodiless: ReadonlySet<number> = new Set([204, 205, 304])

/** @throws RangeError for a status that no reply of its kind can have. */
export function checkStatus(status: number, least: number): number {
  if (Number.isInteger(status) && status >= least && status <= 599) return status
  throw new RangeError(`The status here is a whole number from ${least} to 599, not ${status}`)
}

/** Sends content that is there as a whole; `constant` are headers that those set while the call ran replace. */
export function sendBody(
  exchange: Exchange,
  status: number,
  constant: readonly string[],
  type: string,
  body: string | Uint8Array,
): Awaitable<void> {
  if (bodiless.has(status)) return sendNothing(exchange, status, constant)
  const headers = headersOf(exchange, type, body)
  addHeaders(headers, constant)
  addHeaders(headers, exchange.replyHeaders)
  return exchange.reply(status, headers, body)
}

/** Sends a status and headers alone. */
export function sendNothing(exchange: Exchange, status: number, constant: readonly string[]): Awaitable<void> {
  const headers = ['X-Correlation-ID', exchange.cid]
  // A 204 has no length (RFC 9110, 8.6); any other status without a body says that it is empty.
  if (status !== 204 && status !== 304) headers.push('Content-Length', '0')
  addHeaders(headers, constant)
  addHeaders(headers, exchange.replyHeaders)
  return exchange.reply(status, headers, undefined)
}

/** The headers of content that is there as a whole. */
export function headersOf(exchange: Exchange, type: string, body: string | Uint8Array): string[] {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength
  return ['Content-Type', type, 'Content-Length', String(length), 'X-Correlation-ID', exchange.cid]
}
