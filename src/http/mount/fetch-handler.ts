import type { Exchange } from '../exchange.ts'

/** A web-standard handler, as Hono, Elysia, h3 and others have it. */
export type FetchHandler = (request: Request) => Response | Promise<Response>

/** Headers of one connection (RFC 9110, 7.6.1): the handler's do not hold for ours. */
const ofConnection: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade'])

/** Answers an exchange by a handler: bodies stream both ways, and the signal tells it when the client goes away. */
export async function answerByFetch(exchange: Exchange, handler: FetchHandler): Promise<void> {
  const response = await handler(requestOf(exchange))
  const headers = [...response.headers].flatMap(([name, value]) => (ofConnection.has(name) ? [] : [name, value]))
  if (!response.headers.has('x-correlation-id')) headers.push('X-Correlation-ID', exchange.cid)
  if (exchange.method === 'HEAD') await response.body?.cancel()
  const body = exchange.method === 'HEAD' ? undefined : (response.body ?? undefined)
  await exchange.reply(response.status, headers, body)
}

function requestOf(exchange: Exchange): Request {
  const { method, url, scheme, host, headers } = exchange
  const sent = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || ofConnection.has(name)) continue
    for (const each of typeof value === 'string' ? [value] : value) sent.append(name, each)
  }
  sent.set('x-correlation-id', exchange.cid)
  const abort = new AbortController()
  exchange.onAbort(() => abort.abort(new DOMException('the client went away', 'AbortError')))
  const withBody = method !== 'GET' && method !== 'HEAD' && exchange.bodyLength !== 0
  return new Request(`${scheme}://${host || 'localhost'}${url}`, {
    method,
    headers: sent,
    signal: abort.signal,
    ...(withBody && { body: ReadableStream.from(exchange.streamBody()), duplex: 'half' as const }),
  })
}
