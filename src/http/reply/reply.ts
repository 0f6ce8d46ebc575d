import type { CallState } from '../../kernel/call-state.ts'
import type { Awaitable } from '../../kernel/chain.ts'
import { isMedia } from '../../kernel/media.ts'
import type { Exchange } from '../exchange.ts'
import { chosenFor } from '../represent/chosen.ts'
import { jsonWriter } from '../represent/json-text.ts'
import type { Representation } from '../represent/representations.ts'
import type { RestDefaults } from '../rest-channel.ts'
import { locator } from './location.ts'
import { replyMedia } from './media-reply.ts'
import { checkStatus, sendBody, sendNothing } from './send.ts'

/** Sends what a service returned. @throws Error when it cannot be sent; nothing is sent then. */
export type Reply = (exchange: Exchange, call: CallState, output: unknown) => Awaitable<void>

/** Compiles how the successes of a channel are sent: status, constant headers, envelope; one write for each reply. */
export function replier(
  { status, headers = {}, envelope = 'none', location, json }: RestDefaults,
  representations: readonly Representation[] = [],
): Reply {
  const shared = Object.entries(headers).flat()
  const locate = location === undefined ? undefined : locator(location)
  const wrap = envelope === 'meta'
  const first = representations.find(({ write }) => write !== undefined) ?? plainJson(json)
  const isNegotiated = representations.some(({ name }) => name !== 'json')
  return (exchange, call, output) => {
    if (isMedia(output)) return replyMedia(exchange, output, status, shared)
    const constant = locate === undefined ? shared : withLocation(shared, locate(call, output))
    const chosen = exchange.status === 0 ? status : checkStatus(exchange.status, 200)
    const wanted = isNegotiated ? chosenFor(exchange) : undefined
    const used = wanted?.representation.write === undefined ? first : wanted.representation
    const content = wrap && !used.bare ? enveloped(call, output) : output
    const written = used.write?.(content, wanted?.parameters ?? none)
    if (written instanceof Promise) {
      return written.then((body) => sendWritten(exchange, chosen, constant, used.contentType, body))
    }
    return sendWritten(exchange, chosen, constant, used.contentType, written)
  }
}

const none: Readonly<Record<string, string>> = Object.freeze({})

function sendWritten(
  exchange: Exchange,
  status: number | undefined,
  constant: readonly string[],
  type: string,
  body: string | Uint8Array | undefined,
): Awaitable<void> {
  if (body === undefined) return sendNothing(exchange, status ?? 204, constant)
  return sendBody(exchange, status ?? 200, constant, type, body)
}

function plainJson(settings: RestDefaults['json']): Pick<Representation, 'bare' | 'contentType' | 'write'> {
  return { bare: false, contentType: 'application/json', write: jsonWriter(settings) }
}

function withLocation(headers: readonly string[], where: string | undefined): readonly string[] {
  return where === undefined ? headers : [...headers, 'Location', where]
}

function enveloped(call: CallState, data: unknown): object {
  const meta = { cid: call.cid, is_ok: true, timestamp: call.time.now().toISOString() }
  return data === undefined ? { meta } : { meta, data }
}
