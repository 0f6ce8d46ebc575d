import { type Problem, problem } from '../../kernel/problem.ts'
import type { Exchange } from '../exchange.ts'
import type { WebSocketSettings } from './websocket-channel.ts'

/** Why the opening handshake of a client is refused (RFC 6455, 4.2); undefined when it is as it should be. */
export function handshakeFault(exchange: Exchange, { origins }: WebSocketSettings): Problem | undefined {
  const { headers, method } = exchange
  const key = headers['sec-websocket-key']
  if (headers['sec-websocket-version'] !== '13') {
    return problem('bad_request', 'Only version 13 of WebSocket is spoken here', {
      headers: { 'Sec-WebSocket-Version': '13' },
    })
  }
  if (method !== 'GET' || exchange.bodyLength !== 0)
    return problem('bad_request', 'A handshake is a GET without a body')
  if (typeof key !== 'string' || !/^[+/0-9A-Za-z]{22}==$/.test(key)) {
    return problem('bad_request', 'Sec-WebSocket-Key is 16 bytes in Base64')
  }
  const { origin } = headers
  if (typeof origin !== 'string' || isAllowed(origin, exchange, origins)) return undefined
  return problem('forbidden', `Pages of ${origin} may not connect`)
}

/** Browsers let any page open a WebSocket, and tell its origin: without this check it could use the user's cookies. */
function isAllowed(origin: string, exchange: Exchange, origins: WebSocketSettings['origins'] = []): boolean {
  if (origins === '*' || origins.includes(origin)) return true
  return URL.parse(origin)?.host === exchange.host.toLowerCase()
}
