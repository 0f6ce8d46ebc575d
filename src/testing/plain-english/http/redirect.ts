import type { Outgoing } from './outgoing.ts'

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** Where a reply sends the client on to; nothing when it does not, or to no address of HTTP. */
export function redirectOf({ status, headers, url }: { status: number; headers: Headers; url: URL }): URL | undefined {
  const location = headers.get('location')
  if (!redirects.has(status) || location === null || !URL.canParse(location, url)) return undefined
  const next = new URL(location, url)
  return next.protocol === 'http:' || next.protocol === 'https:' ? next : undefined
}

/** What proves who is calling, beside the headers that everybody knows to. */
export interface Proofs {
  /** Names of headers, in lower case. */
  readonly headers: ReadonlySet<string>
}

const proving: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'cookie'])
const ofBody: ReadonlySet<string> = new Set([
  'content-type',
  'content-encoding',
  'content-language',
  'content-location',
])

/** The request that follows a redirect, as the Fetch standard has it: no credentials for another origin. */
export function redirected(request: Outgoing, status: number, url: URL, proofs: Proofs): Outgoing {
  const { method } = request
  const toGet = status === 303 ? method !== 'GET' && method !== 'HEAD' : status < 303 && method === 'POST'
  const leaves = request.url.origin !== url.origin
  const headers = request.headers.filter(([name]) => {
    const small = name.toLowerCase()
    return !(toGet && ofBody.has(small)) && !(leaves && (proving.has(small) || proofs.headers.has(small)))
  })
  return toGet ? { method: 'GET', url, headers, body: undefined } : { ...request, url, headers }
}
