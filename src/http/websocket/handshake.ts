import { type Problem, problem } from '../../kernel/problem.ts'
import { originMatcher } from '../cors/policy.ts'
import type { CorsSettings } from '../cors/settings.ts'
import type { Exchange } from '../exchange.ts'
import type { WebSocketSettings } from './websocket-channel.ts'

/** Why the opening handshake of a client is refused (RFC 6455, 4.2); undefined when it is as it should be. */
export function handshakeFault(exchange: Exchange, mayOpen: (origin: string) => boolean): Problem | undefined {
  const { headers } = exchange
  const key = headers['sec-websocket-key']
  if (headers['sec-websocket-version'] !== '13') {
    return problem('bad_request', 'Only version 13 of WebSocket is spoken here', {
      headers: { 'Sec-WebSocket-Version': '13' },
    })
  }
  if (exchange.bodyLength !== 0) return problem('bad_request', 'A handshake has no body')
  if (typeof key !== 'string' || !/^[+/0-9A-Za-z]{22}==$/.test(key)) {
    return problem('bad_request', 'Sec-WebSocket-Key is 16 bytes in Base64')
  }
  const protocols = headers['sec-websocket-protocol']
  if (protocols !== undefined && !areProtocols(String(protocols))) {
    return problem('bad_request', 'Sec-WebSocket-Protocol is a list of names, each once')
  }
  const { origin } = headers
  // Browsers let any page open a WebSocket, and tell its origin: without this check it could use the user's cookies.
  if (typeof origin !== 'string' || isOwn(origin, exchange) || mayOpen(origin)) return undefined
  return problem('forbidden', `Pages of ${origin} may not connect`)
}

/** Compiles which pages of other origins may open a channel: those that it names, or those that `cors` does. */
export function openers(origins: WebSocketSettings['origins'], { cors }: CorsSettings): (origin: string) => boolean {
  if (origins !== undefined) return originMatcher(origins)
  // Any page may call without cookies, which this would be with.
  return typeof cors === 'object' && cors.origins !== '*' ? originMatcher(cors.origins) : () => false
}

function isOwn(origin: string, exchange: Exchange): boolean {
  return URL.parse(origin)?.host === exchange.host.toLowerCase()
}

function areProtocols(header: string): boolean {
  const names = header.split(',').map((each) => each.trim())
  return names.every((each) => /^[\w!#$%&'*+.^`|~-]+$/.test(each)) && new Set(names).size === names.length
}
