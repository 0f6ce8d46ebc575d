import { grantsOf } from './token-grants.ts'
import type { TokenPlan } from './token-plan.ts'

/** A document that tells clients how to get and use tokens, below `/.well-known/`. */
export interface TokenDocument {
  /** What it is about. */
  readonly about: 'server' | 'resource'
  readonly path: string
  /** Its members; `prefix` is where a proxy or another app has put this one, or `''`. */
  readonly render: (prefix: string) => Readonly<Record<string, unknown>>
}

const methods = ['client_secret_basic', 'client_secret_post']

/**
 * The documents about the authorization server (RFC 8414) and the resource that its tokens are for (RFC 9728). There are
 * none where the issuer is no address: clients have to find them there.
 */
export function tokenDocuments(plan: TokenPlan, title: string): readonly TokenDocument[] {
  const issuer = addressOf(plan.issuer)
  if (issuer === undefined) return []
  const resource = resourceOf(plan, issuer)
  const names = Object.keys(plan.scopes)
  const scopes = names.length > 0 ? { scopes_supported: names } : {}
  const isPublic = plan.password || [...plan.clients.values()].some(({ secrets }) => secrets.length === 0)
  const anyClient = [...methods, ...(isPublic ? ['none'] : [])]
  const server = (prefix: string): Readonly<Record<string, unknown>> => {
    const at = (path: string): string => issuer.origin + prefix + path
    const { token, revoke, introspect, jwks } = plan.paths
    return {
      ...{ issuer: plan.issuer, token_endpoint: at(token), token_endpoint_auth_methods_supported: anyClient },
      ...{ grant_types_supported: grantsOf(plan), response_types_supported: [], ...scopes },
      ...(plan.algorithm !== 'HS256' && { jwks_uri: at(jwks) }),
      ...{ revocation_endpoint: at(revoke), revocation_endpoint_auth_methods_supported: anyClient },
      ...{ introspection_endpoint: at(introspect), introspection_endpoint_auth_methods_supported: methods },
    }
  }
  const use = {
    ...{ resource: resource.href, authorization_servers: [plan.issuer], ...scopes },
    ...{ bearer_methods_supported: ['header'], resource_name: title },
  }
  return [
    { about: 'server', path: wellKnown('oauth-authorization-server', issuer), render: server },
    { about: 'resource', path: wellKnown('oauth-protected-resource', resource.url), render: () => use },
  ]
}

/** Where the document about the resource is, for challenges (RFC 9728, 5.1); nothing where there is none. */
export function resourceMetadata(plan: TokenPlan): string | undefined {
  const issuer = addressOf(plan.issuer)
  if (issuer === undefined) return undefined
  const { url } = resourceOf(plan, issuer)
  return url.origin + wellKnown('oauth-protected-resource', url)
}

/** The audience where it is an address of the same server, or else the issuer. */
function resourceOf({ audience, issuer: named }: TokenPlan, issuer: URL): { readonly url: URL; readonly href: string } {
  const url = addressOf(audience)
  return url?.origin === issuer.origin ? { url, href: audience } : { url: issuer, href: named }
}

/** RFC 8414, 3.1: the path of what is described goes behind the name. */
function wellKnown(name: string, { pathname }: URL): string {
  return `/.well-known/${name}${pathname.replace(/\/$/, '')}`
}

function addressOf(text: string): URL | undefined {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '' ? url : undefined
}
