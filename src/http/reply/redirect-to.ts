import { whenReady } from '../../kernel/chain.ts'
import type { Exchange } from '../exchange.ts'
import type { Passed } from '../feature.ts'

/** Answers with a redirect; the location is a path, so that it holds whatever scheme and host the client sees. */
export function redirectTo(exchange: Exchange, status: number, location: string): Passed {
  // Two slashes in front would name a host (RFC 3986, 4.2), and browsers take a backslash for a slash.
  const safe = location.replaceAll('\\', '%5C').replace(/^\/{2,}/, '/')
  const headers = ['Location', safe, 'X-Correlation-ID', exchange.cid, 'Content-Length', '0']
  return whenReady(exchange.reply(status, headers, undefined), () => 'answered' as const)
}
