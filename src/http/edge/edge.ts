import { type Problem, problem } from '../../kernel/problem.ts'
import { type Firmness, type FirmnessSettings, firmnessFaults, firmnessOf } from '../server/firmness.ts'
import { addressList, isAddressEntry } from './address-list.ts'
import { allowedHosts, isHostEntry } from './allowed-hosts.ts'
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
   * The hosts that requests may be for, such as `api.example.com` or `*.example.com`: others are answered with 421
   * `misdirected_request`. In development the machine itself always is one. All hosts if not given.
   */
  readonly allowedHosts?: readonly string[]
}

/** The outer edge of an app: who is in front of it, what it takes at all, and what every reply says. */
export interface Edge {
  readonly firmness: Firmness
  /** Whether any proxy is believed, so that what the connection says need not be what the client did. */
  readonly trusts: boolean
  /** Who sent a request, past all trusted proxies. */
  readonly peer: (direct: Direct) => Peer
  /** Why a request is refused before it is routed; undefined for nearly all. */
  readonly refusal: (exchange: Target & Pick<Peer, 'host'>) => Problem | undefined
  /** Adds to the headers of a reply what every reply has. */
  readonly secure: Secure | undefined
}

/** Compiles the edge of an app. */
export function createEdge(settings: EdgeSettings, development: boolean): Edge {
  const firmness = firmnessOf(settings)
  const isTrusted = settings.trustedProxies && addressList(settings.trustedProxies)
  const isAllowed = settings.allowedHosts && allowedHosts(settings.allowedHosts, development)
  return {
    firmness,
    trusts: isTrusted !== undefined,
    peer: (direct) => peerOf(direct, isTrusted),
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
    ...hosts.map((each) => `allowedHosts holds '${each}': give hosts without scheme and port, such as api.example.com`),
    ...securityHeaderFaults(settings),
  ]
}
