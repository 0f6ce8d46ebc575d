import type { StoredContent } from '../../kernel/media.ts'
import { problem } from '../../kernel/problem.ts'
import { readHttpDate } from '../conditional/http-date.ts'
import { evaluate, type Validators } from '../conditional/precondition.ts'
import type { Content, Exchange } from '../exchange.ts'
import { headerIn, withoutHeaders } from '../reply/header-list.ts'
import { addHeaders } from '../reply/reply-header.ts'
import { type ByteRange, byteRanges, contentRange } from './byte-range.ts'
import { byterangesBody } from './byteranges-body.ts'

/** So much is read at once and sent with one write, in bytes. */
const small = 64 * 1024

/** Headers that say of a representation what a 304 does not repeat (RFC 9110, 15.4.5). */
const described: ReadonlySet<string> = new Set([
  ...['content-type', 'content-disposition', 'content-encoding', 'content-language', 'content-range'],
  ...['last-modified', 'accept-ranges', 'x-content-type-options'],
])

/**
 * Sends content, all of it or the parts that were asked for, or nothing where the client has it already: conditions
 * first, then If-Range, then Range (RFC 9110, 13.2.2). `more` are further headers, names and values in turn.
 *
 * @throws Problem `precondition_failed`, `range_not_satisfiable`
 */
export async function sendStored(
  exchange: Exchange,
  content: StoredContent,
  status: number,
  more: readonly string[],
): Promise<void> {
  const { headers, body, status: chosen } = await replyWith(exchange, content, status, more)
  await exchange.reply(chosen, headers, body)
}

async function replyWith(
  exchange: Exchange,
  content: StoredContent,
  status: number,
  more: readonly string[],
): Promise<{ status: number; headers: string[]; body: Content }> {
  const { method, cid } = exchange
  const { type, size, modified } = content
  const headers = ['Content-Type', type, 'X-Correlation-ID', cid, 'ETag', content.etag, 'Accept-Ranges', 'bytes']
  if (modified !== undefined) headers.push('Last-Modified', modified.toUTCString())
  addHeaders(headers, more)
  // A service may know better what identifies the content.
  const validators = { etag: headerIn(headers, 'etag'), lastModified: headerIn(headers, 'last-modified') }
  // What another status describes is not the resource itself.
  const isResource = status === 200 && (method === 'GET' || method === 'HEAD')
  if (isResource) {
    const { outcome, tag } = evaluate(method, exchange.headers, validators)
    if (outcome === 'failed') {
      throw problem('precondition_failed', 'The file is not as the request expects it')
    }
    if (outcome === 'unmodified') {
      const kept = withoutHeaders(headers, described)
      // The client may have a compressed form.
      if (tag !== undefined) addHeaders(kept, ['ETag', tag])
      return { status: 304, headers: kept, body: undefined }
    }
  }
  const ranges = isResource && method === 'GET' ? rangesOf(exchange, size, validators) : undefined
  if (ranges === undefined) return { status, ...(await whole(content, headers, { from: 0, to: size })) }
  const [range] = ranges
  if (range === undefined) {
    const detail = `There are ${size} bytes, and none of them is in the range`
    throw problem('range_not_satisfiable', detail, { headers: { 'Content-Range': `bytes */${size}` } })
  }
  if (ranges.length === 1) {
    addHeaders(headers, ['Content-Range', contentRange(range, size)])
    return { status: 206, ...(await whole(content, headers, range)) }
  }
  const { type: multipart, length, parts } = byterangesBody(content, ranges)
  addHeaders(headers, ['Content-Type', multipart, 'Content-Length', String(length)])
  return { status: 206, headers, body: parts }
}

/** The parts asked for, where the request means the content as it is now. */
function rangesOf({ headers }: Exchange, size: number, validators: Validators): readonly ByteRange[] | undefined {
  const { range, 'if-range': condition } = headers
  if (typeof range !== 'string') return undefined
  if (typeof condition === 'string' && !isCurrent(condition.trim(), validators)) return undefined
  return byteRanges(range, size)
}

/** Whether an If-Range names the content as it is now, beyond doubt (RFC 9110, 13.1.5). */
function isCurrent(condition: string, { etag, lastModified }: Validators): boolean {
  // The tag of a compressed form is another: its bytes are not those that are sent here.
  if (condition.endsWith('"')) return condition === etag && !condition.startsWith('W/')
  // Within its last second content may have changed twice, with one and the same date (RFC 9110, 8.8.2.2).
  const time = condition === lastModified ? readHttpDate(condition) : undefined
  return time !== undefined && Date.now() - time >= 2000
}

async function whole(
  { read }: StoredContent,
  headers: string[],
  { from, to }: ByteRange,
): Promise<{ headers: string[]; body: Content }> {
  addHeaders(headers, ['Content-Length', String(to - from)])
  const part = read(from, to)
  const isWhole = part instanceof Uint8Array || to - from > small
  return { headers, body: isWhole ? part : await collected(part) }
}

async function collected(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  for await (const part of parts) all.push(part)
  return all.length === 1 ? (all[0] as Uint8Array) : Buffer.concat(all)
}
