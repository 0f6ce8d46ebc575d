import { type Awaitable, isPromise } from '../../kernel/chain.ts'
import type { Media } from '../../kernel/media.ts'
import type { Exchange } from '../exchange.ts'
import { sendStored } from '../files/send-stored.ts'
import { storedBytes } from '../files/stored-bytes.ts'
import { untilSteady } from '../files/stored-file.ts'
import { discard } from './discard.ts'
import { addHeaders, checkReplyHeader } from './reply-header.ts'
import { bodiless, checkStatus, sendBody, sendNothing } from './send.ts'

const binary = 'application/octet-stream'

/**
 * Sends a finished representation; of its headers and `constant` ones of the channel its own count.
 *
 * @throws Error when its status or headers are none that a reply can have; nothing is sent then, and a stream is closed.
 */
export function replyMedia(
  exchange: Exchange,
  media: Media,
  declared: number | undefined,
  constant: readonly string[],
): Awaitable<void> {
  const failed = (error: unknown): never => {
    discard(media.body)
    throw error
  }
  try {
    const sent = sendMedia(exchange, media, declared, constant)
    return isPromise(sent) ? sent.catch(failed) : sent
  } catch (error) {
    return failed(error)
  }
}

function sendMedia(
  exchange: Exchange,
  media: Media,
  declared: number | undefined,
  constant: readonly string[],
): Awaitable<void> {
  const { body, type = binary, ranges, stored } = media
  const status = checkStatus(exchange.status || (media.status ?? declared ?? 200), 200)
  const headers = withOwn(constant, media.headers)
  if (bodiless.has(status) || (body === undefined && stored === undefined)) {
    discard(body)
    return sendNothing(exchange, status, headers)
  }
  const inMemory = typeof body === 'string' || body instanceof Uint8Array
  if (stored !== undefined || (ranges && inMemory)) {
    const lookUp = stored ?? (async () => storedBytes(body as string | Uint8Array, type))
    const all = [...headers, ...exchange.replyHeaders]
    return untilSteady(async () => sendStored(exchange, await lookUp(), status, all))
  }
  if (inMemory) return sendBody(exchange, status, headers, type, body)
  const all = ['Content-Type', type, 'X-Correlation-ID', exchange.cid]
  addHeaders(all, headers)
  addHeaders(all, exchange.replyHeaders)
  return exchange.reply(status, all, body)
}

function withOwn(constant: readonly string[], own: Media['headers']): readonly string[] {
  const entries = Object.entries(own)
  if (entries.length === 0) return constant
  for (const [name, value] of entries) checkReplyHeader(name, value)
  const all = [...constant]
  addHeaders(all, entries.flat())
  return all
}
