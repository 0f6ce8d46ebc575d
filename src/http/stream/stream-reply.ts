import { ItemStream } from '../../kernel/item-stream.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import { problem } from '../../kernel/problem.ts'
import type { RegisteredService } from '../../kernel/registry.ts'
import type { ErrorSurroundings } from '../errors/error-renderer.ts'
import { problemText } from '../errors/problem-text.ts'
import type { Exchange } from '../exchange.ts'
import type { Reply } from '../reply/reply.ts'
import { addHeaders } from '../reply/reply-header.ts'
import { checkStatus } from '../reply/send.ts'
import { addVary } from '../reply/vary.ts'
import { parseAccept, rangeFor } from '../represent/accept.ts'
import type { RestDefaults } from '../rest-channel.ts'
import { StreamBody } from './stream-body.ts'
import { type StreamType, streamFormats, streamTypes } from './stream-format.ts'

const defaults = { keepAlive: 15_000, patience: 200 }

/** Compiles how a channel sends a stream: in the format that the client asks for, item by item. */
export function streamReplier(
  options: RestDefaults,
  { name }: RegisteredService,
  kernel: Kernel,
  surroundings: ErrorSurroundings,
): Reply {
  const { status, headers: declared = {}, stream: settings = {} } = options
  const { keepAlive, patience } = { ...defaults, ...settings }
  const types = typesOf(settings)
  const tell = problemText(options, surroundings)
  const constant = Object.entries(declared).flat()
  const chosen = (exchange: Exchange): number => checkStatus(exchange.status || (status ?? 200), 200)

  return async (exchange, call, output) => {
    if (!(output instanceof ItemStream)) throw new TypeError(`${name} gave no stream`)
    const stream = output
    stream.atEnd(({ ok }) => exchange.onFinish(() => kernel.finish(call, ok)))
    const type = streamType(exchange, types)
    if (exchange.method === 'HEAD') {
      await stream.return()
      return exchange.reply(chosen(exchange), headersOf(exchange, type), undefined)
    }
    const problemOf = (error: unknown): string => tell(kernel.problemOf(error, exchange, name), exchange)
    const body = new StreamBody({ stream, format: streamFormats[type], keepAlive, problemOf })
    exchange.onAbort(() => void body.return())
    await body.begin(patience)
    // Clients of events come back by themselves, to another server than one that is stopping.
    if (type === 'text/event-stream') exchange.onStop(() => body.stop())
    try {
      await exchange.reply(chosen(exchange), headersOf(exchange, type), body)
    } catch (error) {
      void body.return()
      throw error
    }
  }

  function headersOf(exchange: Exchange, type: StreamType): string[] {
    const headers = ['Content-Type', type, 'X-Correlation-ID', exchange.cid, 'X-Accel-Buffering', 'no']
    if (type === 'text/event-stream') headers.push('Cache-Control', 'no-cache, no-transform')
    addHeaders(headers, constant)
    addHeaders(headers, exchange.replyHeaders)
    if (types.length > 1) addVary(headers, 'Accept')
    return headers
  }
}

/** The media types in which a channel sends a stream. */
export function typesOf(settings: NonNullable<RestDefaults['stream']>): readonly StreamType[] {
  return settings.formats ?? streamTypes
}

/** The media type that the client wants most of those. @throws Problem `not_acceptable` */
export function streamType({ headers }: Exchange, types: readonly StreamType[]): StreamType {
  const accept = headers.accept as string | undefined
  if (accept === undefined || accept === '*/*' || accept === '') return types[0] as StreamType
  const ranges = parseAccept(accept)
  let best: StreamType | undefined
  let most = 0
  for (const type of types) {
    const quality = rangeFor({ essence: type, parameters: {} }, ranges)?.quality ?? 0
    if (quality > most) {
      best = type
      most = quality
    }
  }
  if (best !== undefined) return best
  throw problem('not_acceptable', `The stream can be had as ${types.join(', ')}`)
}
