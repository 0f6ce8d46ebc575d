import type { CallState } from '../../kernel/call-state.ts'
import { isProblem, type Problem } from '../../kernel/problem.ts'
import type { RegisteredService } from '../../kernel/registry.ts'
import type { Exchange } from '../exchange.ts'
import { consumed } from '../forms/body-member.ts'
import type { RestChannel } from '../rest-channel.ts'
import { type BodySource, defaultBodyLimit } from './body-reader.ts'
import { readersOf } from './body-readers.ts'
import { bodyTypes, type Reading } from './body-types.ts'
import { contentCodings, decoded } from './content-coding.ts'
import { codingRefusal } from './content-refusal.ts'
import { decodedSource } from './decoded-source.ts'
import { TextMembers } from './text-members.ts'

/** Reads the body of a request: what the model checks, {@link TextMembers} of a form, or undefined when there is none. */
export type ReadBody = (exchange: Exchange, call: CallState) => Promise<unknown>

/**
 * Compiles how a channel reads bodies.
 *
 * The reading throws the problems `unsupported_media_type` for what the channel does not consume, `body_too_large`
 * beyond its limit, and what the reader of the body's type throws.
 */
export function requestBody(channel: RestChannel, entry: RegisteredService, deepest: number): ReadBody {
  const { bodyLimit: limit = defaultBodyLimit, contentEncoding = 'decode' } = channel.options
  const readers = readersOf(consumed(entry.input, channel.options.consumes))
  const readingOf = bodyTypes(channel, readers, entry, deepest)
  const takesEmpty = readers.some((each) => each.takesEmpty)
  const slowly = async (exchange: Exchange, call: CallState, reading: Reading, coding: string | undefined) => {
    const { reader, read, type, charset } = reading
    const decodes = contentEncoding === 'decode'
    const codings = coding === undefined ? none : contentCodings(coding)
    if (codings === undefined || (codings.length > 0 && !decodes)) {
      return await refuse(exchange, codingRefusal(coding ?? '', decodes))
    }
    let bytes = nothing
    let source: BodySource = exchange
    if (reader.streams === undefined) {
      bytes = await exchange.readBody(limit)
      if (bytes.length === 0) return undefined
      if (codings.length > 0) bytes = await decoded(bytes, codings, limit)
    } else if (codings.length > 0 && exchange.bodyLength !== 0) source = decodedSource(exchange, codings)
    const content = await read(source, { call, limit, type, charset, bytes })
    return reader.coerce === 'texts' ? new TextMembers(content as TextMembers['members']) : content
  }
  return (exchange, call) => {
    if (exchange.bodyLength === 0 && !takesEmpty) return noBody
    const { headers } = exchange
    const reading = readingOf(headers['content-type'] as string | undefined)
    if (isProblem(reading)) return refuse(exchange, reading)
    const coding = headers['content-encoding'] as string | undefined
    const { reader, read, type, charset } = reading
    if (coding !== undefined || reader.streams === true || reader.coerce === 'texts') {
      return slowly(exchange, call, reading, coding)
    }
    // Nearly every body is one piece of text: it is read with as few promises as can be.
    return exchange
      .readBody(limit)
      .then((bytes) => (bytes.length === 0 ? undefined : read(exchange, { call, limit, type, charset, bytes })))
  }
}

const noBody: Promise<undefined> = Promise.resolve(undefined)
const none: readonly string[] = []
const nothing: Uint8Array = new Uint8Array(0)

/** Refuses a body, unless there turns out to be none. */
async function refuse(exchange: Exchange, refusal: Problem): Promise<undefined> {
  if (exchange.bodyLength === undefined && (await isEmpty(exchange))) return undefined
  throw refusal
}

async function isEmpty(exchange: Exchange): Promise<boolean> {
  try {
    await exchange.readBody(0)
    return true
  } catch (error) {
    if (isProblem(error) && error.code === 'body_too_large') return false
    throw error
  }
}
