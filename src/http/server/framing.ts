import type { IncomingMessage } from 'node:http'
import { type Problem, problem } from '../../kernel/problem.ts'
import { hostFault } from './host-header.ts'

/**
 * Why a request is refused whose end, or whose host, two servers on its way could read differently (RFC 9112, 3.2, 6.1
 * and 6.3); the parser has refused most of them already. The connection cannot serve on after it.
 */
export function framingRefusal(request: IncomingMessage, mostHeaders: number): Problem | undefined {
  const { headers, rawHeaders, httpVersion } = request
  const host = hostFault(request)
  if (host !== undefined) return problem('malformed_request', host)
  if (rawHeaders.length > mostHeaders * 2) return problem('headers_too_large', `The limit is ${mostHeaders} headers`)
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return problem('malformed_request', 'HTTP/1.1 is spoken here')
  const coding = headers['transfer-encoding']
  return coding === undefined ? undefined : codingRefusal(coding, httpVersion)
}

function codingRefusal(coding: string, version: string): Problem | undefined {
  if (version !== '1.1') return problem('malformed_request', `HTTP/${version} has no Transfer-Encoding`)
  if (coding.toLowerCase() === 'chunked') return undefined
  if (/^(?:[\w!#$%&'*+.^`|~-]+[ \t]*,[ \t]*)+chunked$/i.test(coding)) {
    return problem('not_implemented', `The Transfer-Encoding ${coding} is not known; send chunked alone`)
  }
  return problem('malformed_request', 'The Transfer-Encoding is not chunked')
}
