import type { IncomingMessage } from 'node:http'

const host = /^(?:[\w.~!$&'()*+;=%-]*|\[[\w.:%~-]+\])(?::\d*)?$/

/**
 * What is wrong with the Host header of a request (RFC 9112, 3.2): a request that two servers on its way could read as
 * meant for different hosts is refused. Several headers come here joined by a comma, which no host holds.
 */
export function hostFault({ headers, httpVersion }: IncomingMessage): string | undefined {
  if (headers.host === lastGood) return undefined
  if (headers.host === undefined) return httpVersion === '1.1' ? 'The Host header is missing' : undefined
  if (!host.test(headers.host)) return 'The Host header is not one host, with a port or without'
  lastGood = headers.host
  return undefined
}

/** Most requests to a server name one and the same host. */
let lastGood = 'localhost'
