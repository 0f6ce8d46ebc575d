import type { CallState } from '../kernel/call-state.ts'
import { Media } from '../kernel/media.ts'
import type { Exchange } from './exchange.ts'
import type { RestDefaults } from './rest-channel.ts'

/** Sends what a service returned. */
export type Reply = (exchange: Exchange, call: CallState, output: unknown) => void

/** Compiles how the successes of a channel are sent: status, constant headers, envelope; one write for each reply. */
export function replier({ status, headers = {}, envelope = 'none' }: RestDefaults): Reply {
  const constant = Object.entries(headers).flat()
  const wrap = envelope === 'meta'
  return (exchange, call, output) => {
    if (output instanceof Media) {
      sendBody(exchange, exchange.status || status || 200, constant, output.type, output.body)
      return
    }
    const content = wrap ? enveloped(call, output) : output
    const json = content === undefined ? undefined : JSON.stringify(content)
    if (json === undefined) sendNothing(exchange, exchange.status || status || 204, constant)
    else sendBody(exchange, exchange.status || status || 200, constant, 'application/json', json)
  }
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
): void {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength
  const headers = ['Content-Type', type, 'Content-Length', String(length), 'X-Correlation-ID', exchange.cid]
  add(headers, constant)
  add(headers, exchange.replyHeaders)
  exchange.send(status, headers, body)
}

function sendNothing(exchange: Exchange, status: number, constant: readonly string[]): void {
  const headers = ['X-Correlation-ID', exchange.cid]
  // A 204 has no length (RFC 9110, 8.6); any other status without a body says that it is empty.
  if (status !== 204 && status !== 304) headers.push('Content-Length', '0')
  add(headers, constant)
  add(headers, exchange.replyHeaders)
  exchange.send(status, headers, undefined)
}

/** Adds headers, names and values in turn; one that is there already is replaced, except Set-Cookie. */
function add(headers: string[], more: readonly string[]): void {
  for (let at = 0; at < more.length; at += 2) {
    const name = more[at] as string
    const value = more[at + 1] as string
    const lower = name.toLowerCase()
    const known =
      lower === 'set-cookie' ? -1 : headers.findIndex((each, index) => index % 2 === 0 && each.toLowerCase() === lower)
    if (known === -1) headers.push(name, value)
    else headers[known + 1] = value
  }
}
