import type { IncomingMessage } from 'node:http'

const host = /^(?:[\w.~!$&'()*+;=%-]*|\[[\w.:%~-]+\])(?::\d*)?$/

/**
 * What is wrong with the Host header of a request (RFC 9112, 3.2): a request that two servers on its way could read as
 * meant for different hosts is refused. Several headers come here joined by a comma, which no host holds.
 */
export function hostFault({ headers, httpVersion, url = '' }: IncomingMessage): string | undefined {
  if (url.charCodeAt(0) !== 47 && isElsewhere(url, headers.host)) {
    return 'The Host header and the host in the request target are not the same'
  }
  if (headers.host === lastGood) return undefined
  if (headers.host === undefined) return httpVersion === '1.1' ? 'The Host header is missing' : undefined
  if (!host.test(headers.host)) return 'The Host header is not one host, with a port or without'
  lastGood = headers.host
  return undefined
}

/** Whether the target is an absolute URL of another host than the header names. */
function isElsewhere(url: string, given: string | undefined): boolean {
  const authority = /^([a-z][a-z\d+.-]*):\/\/([^/?#]*)/i.exec(url)
  if (authority === null || given === undefined) return false
  return comparable(authority[2] ?? '') !== comparable(given)
}

/** A host as it is compared: case does not count, nor does the port that goes without saying. */
function comparable(authority: string): string {
  return authority.toLowerCase().replace(/:(?:80|443)?$/, '')
}

/** Most requests to a server name one and the same host. */
let lastGood = 'localhost'
