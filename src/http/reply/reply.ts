import type { CallState } from '../../kernel/call-state.ts'
import type { Awaitable } from '../../kernel/chain.ts'
import { Media } from '../../kernel/media.ts'
import type { Problem } from '../../kernel/problem.ts'
import type { Exchange } from '../exchange.ts'
import type { RestDefaults } from '../rest-channel.ts'
import { problemBody, problemType } from './problem-body.ts'
import { addHeaders, checkReplyHeader } from './reply-header.ts'

/** Statuses whose replies have no content, whatever a service returns (RFC 9110, 15). */
export const bodiless: ReadonlySet<number> = new Set([204, 205, 304])

/** Sends what a service returned. @throws Error when it cannot be sent; nothing is sent then. */
export type Reply = (exchange: Exchange, call: CallState, output: unknown) => Awaitable<void>

/** Compiles how the successes of a channel are sent: status, constant headers, envelope; one write for each reply. */
export function replier({ status, headers = {}, envelope = 'none' }: RestDefaults): Reply {
  const constant = Object.entries(headers).flat()
  const wrap = envelope === 'meta'
  return (exchange, call, output) => {
    const chosen = exchange.status === 0 ? status : checkStatus(exchange.status, 200)
    if (output instanceof Media) {
      return sendBody(exchange, chosen ?? 200, constant, output.type, output.body)
    }
    const content = wrap ? enveloped(call, output) : output
    const json = content === undefined ? undefined : JSON.stringify(content)
    if (json === undefined) return sendNothing(exchange, chosen ?? 204, constant)
    return sendBody(exchange, chosen ?? 200, constant, 'application/json', json)
  }
}

/**
 * Sends a problem (RFC 9457).
 *
 * @throws Error when the problem's status or headers are none that a reply can have; nothing is sent then.
 */
export function replyProblem(exchange: Exchange, problem: Problem, development: boolean): Awaitable<void> {
  const status = checkStatus(problem.status, 400)
  const body = JSON.stringify(problemBody(problem, exchange.cid, development))
  const headers = headersOf(exchange, problemType, body)
  for (const [name, value] of Object.entries(problem.headers ?? {})) {
    checkReplyHeader(name, value)
    addHeaders(headers, [name, value])
  }
  return exchange.reply(status, headers, body)
}

/** @throws RangeError for a status that no reply of its kind can have. */
function checkStatus(status: number, least: number): number {
  if (Number.isInteger(status) && status >= least && status <= 599) return status
  throw new RangeError(`The status here is a whole number from ${least} to 599, not ${status}`)
}

function enveloped(call: CallState, data: unknown): object {
  const meta = { cid: call.cid, is_ok: true, timestamp: call.time.now().toISOString() }
  return data === undefined ? { meta } : { meta, data }
}

function sendBody(
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

function headersOf(exchange: Exchange, type: string, body: string | Uint8Array): string[] {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength
  return ['Content-Type', type, 'Content-Length', String(length), 'X-Correlation-ID', exchange.cid]
}

function sendNothing(exchange: Exchange, status: number, constant: readonly string[]): Awaitable<void> {
  const headers = ['X-Correlation-ID', exchange.cid]
  // A 204 has no length (RFC 9110, 8.6); any other status without a body says that it is empty.
  if (status !== 204 && status !== 304) headers.push('Content-Length', '0')
  addHeaders(headers, constant)
  addHeaders(headers, exchange.replyHeaders)
  return exchange.reply(status, headers, undefined)
}
