import type { ClientCertificate } from '../../kernel/attempt.ts'
import { type Problem, problem } from '../../kernel/problem.ts'
import { type Firmness, type FirmnessSettings, firmnessFaults, firmnessOf } from '../server/firmness.ts'
import { addressList, isAddressEntry, plainAddress } from './address-list.ts'
import { allowedHosts, isHostEntry } from './allowed-hosts.ts'
import { passedOn } from './client-certificate.ts'
import { type Direct, type Peer, peerOf } from './peer.ts'
import { type Secure, type SecurityHeaderSettings, securityHeaderFaults, securityHeaders } from './security-headers.ts'
import { type Target, urlRefusal } from './url-limits.ts'

/** What an app says of the world in front of it. */
export interface EdgeSettings extends FirmnessSettings, SecurityHeaderSettings {
  /**
   * The proxies that are believed what they say of their clients (`Forwarded`, RFC 7239, and `X-Forwarded-*`): IP
   * addresses, ranges such as `10.0.0.0/8`, `loopback`, `linklocal`, `private`. None if not given.
   */
  readonly trustedProxies?: readonly string[]
  /**
   * The header in which trusted proxies pass on the certificates of clients: `Client-Cert` (RFC 9440), or one that holds
   * URL-encoded PEM, such as `X-SSL-Client-Cert`. The proxy has to take it out of what clients send. None if not given.
   */
  readonly clientCertificateHeader?: string
  /**
   * The hosts that requests may be for, such as `api.example.com` or `*.example.com`: others are answered with 421
   * `misdirected_request`. In development the machine itself always is one. All hosts if not given.
   */
  readonly allowedHosts?: readonly string[]
}

/** A connection with the certificate that was shown on it. */
interface WithCertificate {
  readonly ownCertificate: ClientCertificate | undefined
}

/** The outer edge of an app: who is in front of it, what it takes at all, and what every reply says. */
export interface Edge {
  readonly firmness: Firmness
  /** Whether any proxy is believed, so that what the connection says need not be what the client did. */
  readonly trusts: boolean
  /** Who sent a request, past all trusted proxies. */
  readonly peer: (direct: Direct) => Peer
  /** The certificate of the client: of its own connection, or passed on by the trusted proxy that the connection comes from. */
  readonly certificate: (direct: Direct & WithCertificate) => ClientCertificate | undefined
  /** Why a request is refused before it is routed; undefined for nearly all. */
  readonly refusal: (exchange: Target & Pick<Peer, 'host'>) => Problem | undefined
  /** Adds to the headers of a reply what every reply has. */
  readonly secure: Secure | undefined
}

/** Compiles the edge of an app. */
export function createEdge(settings: EdgeSettings, development: boolean): Edge {
  const firmness = firmnessOf(settings)
  const isTrusted = settings.trustedProxies && addressList(settings.trustedProxies)
  const certificateHeader = settings.clientCertificateHeader?.toLowerCase()
  const isAllowed = settings.allowedHosts && allowedHosts(settings.allowedHosts, development)
  return {
    firmness,
    trusts: isTrusted !== undefined,
    peer: (direct) => peerOf(direct, isTrusted),
    certificate: (direct) => {
      const nearest = direct.remoteAddress
      // What a proxy shows is its own certificate, and never that of a client.
      if (nearest === undefined || isTrusted?.(plainAddress(nearest)) !== true) return direct.ownCertificate
      const value = certificateHeader === undefined ? undefined : direct.headers[certificateHeader]
      return typeof value === 'string' ? passedOn(value) : undefined
    },
    refusal: (exchange) => {
      if (isAllowed !== undefined && !isAllowed(exchange.host)) {
        return problem('misdirected_request', `${exchange.host || 'A request without a host'} is not served here`)
      }
      return urlRefusal(exchange, firmness.limits)
    },
    secure: securityHeaders(settings.securityHeaders),
  }
}

/** What is wrong with the settings, as whole sentences that say how to mend it. */
export function edgeFaults(settings: EdgeSettings): readonly string[] {
  const proxies = (settings.trustedProxies ?? []).filter((each) => !isAddressEntry(each))
  const hosts = (settings.allowedHosts ?? []).filter((each) => !isHostEntry(each))
  return [
    ...firmnessFaults(settings),
    ...proxies.map(
      (each) => `trustedProxies holds '${each}': give IP addresses, ranges such as 10.0.0.0/8, or loopback`,
    ),
    ...certificateHeaderFaults(settings),
    ...hosts.map((each) => `allowedHosts holds '${each}': give hosts without scheme and port, such as api.example.com`),
    ...securityHeaderFaults(settings),
  ]
}

function certificateHeaderFaults({ clientCertificateHeader: name, trustedProxies }: EdgeSettings): readonly string[] {
  if (name === undefined) return []
  if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name))
    return [`clientCertificateHeader is '${name}': give the name of a header, such as Client-Cert`]
  if (trustedProxies !== undefined && trustedProxies.length > 0) return []
  return ['clientCertificateHeader is believed from trusted proxies only: name them in trustedProxies']
}
