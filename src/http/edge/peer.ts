import { type OnList, plainAddress } from './address-list.ts'
import { hopsOf } from './forwarded.ts'

/** The client as it stands behind all trusted proxies, and what it asked for. */
export interface Peer {
  /** Its IP address; undefined for a request handed to `app.fetch`. */
  readonly address: string | undefined
  readonly scheme: string
  /** Host, and port if it is not the usual one, as the client sent it; `''` when it sent none. */
  readonly host: string
  /** The beginning of the path that a proxy has taken away, such as `/shop`, or `''`. */
  readonly prefix: string
}

/** What the connection itself says. */
export interface Direct {
  readonly remoteAddress: string | undefined
  readonly ownScheme: string
  readonly ownHost: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** Finds out who stands at the other end, going back from proxy to proxy as long as each is trusted. */
export function peerOf(direct: Direct, isTrusted: OnList | undefined): Peer {
  const { remoteAddress, ownScheme, ownHost, headers } = direct
  const nearest = remoteAddress === undefined ? undefined : plainAddress(remoteAddress)
  const peer: Peer = { address: nearest, scheme: ownScheme, host: ownHost, prefix: '' }
  if (isTrusted === undefined || nearest === undefined || !isTrusted(nearest)) return peer
  const hops = hopsOf(headers) ?? []
  let { address, scheme, host } = peer
  for (let at = hops.length - 1; at >= 0; at--) {
    const hop = hops[at]
    scheme = hop?.scheme ?? scheme
    host = hop?.host ?? host
    if (hop?.address === undefined) break
    address = hop.address
    if (!isTrusted(address)) break
  }
  return { address, scheme, host, prefix: prefixOf(headers['x-forwarded-prefix']) }
}

function prefixOf(value: string | string[] | undefined): string {
  if (typeof value !== 'string' || !/^(?:\/[\w.~!$&'()*+;=:@%-]+)+\/?$/.test(value)) return ''
  return value.replace(/\/$/, '')
}
