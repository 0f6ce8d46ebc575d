import { problem } from '../../kernel/problem.ts'
import type { Exchange } from '../exchange.ts'
import { belowPrefix } from './mounts.ts'
import { withPrefixedLinks } from './prefixed-links.ts'

/** A web-standard handler, as Hono, Elysia, h3 and others have it. */
export type FetchHandler = (request: Request) => Response | Promise<Response>

/** Headers of one connection (RFC 9110, 7.6.1): the handler's do not hold for ours. */
const ofConnection: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade'])

/**
 * Answers an exchange by a handler: bodies stream both ways, and the signal tells it when the client goes away. It
 * sees URLs without the prefix, which may be `''`.
 *
 * @throws Problem `malformed_url` for dot segments, `malformed_request` for a host of no URL, `not_implemented` for TRACE
 */
export async function answerByFetch(exchange: Exchange, handler: FetchHandler, prefix: string): Promise<void> {
  const response = await handler(requestOf(exchange, prefix))
  if (prefix !== '') exchange.filter((outgoing) => withPrefixedLinks(outgoing, prefix))
  const headers = [...response.headers].flatMap(([name, value]) => (ofConnection.has(name) ? [] : [name, value]))
  if (!response.headers.has('x-correlation-id')) headers.push('X-Correlation-ID', exchange.cid)
  if (exchange.method === 'HEAD') await response.body?.cancel()
  const body = exchange.method === 'HEAD' ? undefined : (response.body ?? undefined)
  await exchange.reply(response.status, headers, body)
}

/** A web URL resolves them, and so could lead out of what is mounted. */
const dotSegment = /[/\\](?:\.|%2e){1,2}(?:[/\\]|$)/i

function requestOf(exchange: Exchange, prefix: string): Request {
  const { method, url, path, scheme, host, headers } = exchange
  // The web's Request knows no such method.
  if (method === 'TRACE') throw problem('not_implemented', 'The method TRACE is not implemented here')
  if (dotSegment.test(path)) throw problem('malformed_url', "The path holds a segment '.' or '..': send it resolved")
  const target = URL.parse(`${scheme}://${host || 'localhost'}${belowPrefix(url, prefix)}`)
  if (target === null) throw problem('malformed_request', 'The Host header is no host of a URL')
  const sent = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || ofConnection.has(name)) continue
    for (const each of typeof value === 'string' ? [value] : value) sent.append(name, each)
  }
  sent.set('x-correlation-id', exchange.cid)
  const abort = new AbortController()
  exchange.onAbort(() => abort.abort(new DOMException('the client went away', 'AbortError')))
  const withBody = method !== 'GET' && method !== 'HEAD' && exchange.bodyLength !== 0
  return new Request(target, {
    method,
    headers: sent,
    signal: abort.signal,
    ...(withBody && { body: ReadableStream.from(exchange.streamBody()), duplex: 'half' as const }),
  })
}
