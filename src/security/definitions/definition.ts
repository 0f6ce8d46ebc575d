import type { Limit } from '../../kernel/access-settings.ts'

/** What every security definition may say. */
export interface Grants {
  /** What whoever has the credentials is, such as `admin`. */
  readonly roles?: readonly string[]
  /** What they may do, such as `orders:write`. */
  readonly scopes?: readonly string[]
  /** What they are permitted, such as `orders:*`, beside what their roles permit. */
  readonly permissions?: readonly string[]
  /** How often they may call, over all channels. */
  readonly limit?: Limit
  /** Whether they let anybody in; true if it is not given. */
  readonly enabled?: boolean
}

/** A user name and a password (RFC 7617). */
export interface BasicDefinition extends Grants {
  /** Tells it from definitions of other kinds. */
  readonly kind: 'basic'
  /** The name of the client. */
  readonly username: string
  /** Several while one takes the place of another; `${NAME}` stands for an environment variable. */
  readonly password: string | readonly string[]
  /** What the challenge names; the title of the app if it is not given. */
  readonly realm?: string
}

/** A secret that is sent by itself. */
export interface ApiKeyDefinition extends Grants {
  /** Tells it from definitions of other kinds. */
  readonly kind: 'apiKey'
  /** Several while one takes the place of another; `${NAME}` stands for an environment variable. */
  readonly key: string | readonly string[]
  /** Where it is sent; `header` if it is not given. */
  readonly in?: 'header' | 'query' | 'cookie'
  /** The name of the header, parameter or cookie; `X-API-Key` or `api_key` if it is not given. */
  readonly name?: string
}

/** The keys that the signatures of tokens are checked with (RFC 7515). */
export interface JwtKeys {
  /** A secret for HS algorithms, or a public key or certificate in PEM; `${NAME}` stands for an environment variable. */
  readonly key?: string
  /** A file that holds it, relative to the app's folder. */
  readonly keyFile?: string
  /** The address of a set of keys (RFC 7517, 5), which is asked anew when a token names a key that is not in it. */
  readonly jwks?: string
  /**
   * Whether the address may lead into the network that the app stands in, such as to 10.0.0.5; false if it is not given,
   * so that no name can make the app look around there.
   */
  readonly insideNetwork?: boolean
}

/** An algorithm of signatures (RFC 7518, 3.1; RFC 8037). */
export type JwtAlgorithm =
  | ('HS256' | 'HS384' | 'HS512')
  | ('RS256' | 'RS384' | 'RS512')
  | ('PS256' | 'PS384' | 'PS512')
  | ('ES256' | 'ES384' | 'ES512')
  | 'EdDSA'

/** Which tokens of others are taken (RFC 7519, RFC 8725). */
export interface JwtSettings extends JwtKeys {
  /** The algorithms that are taken, and no other; HS ones stand alone. */
  readonly algorithms: readonly JwtAlgorithm[]
  /** Who has to have issued them (`iss`). */
  readonly issuer?: string | readonly string[]
  /** Whom they have to be for (`aud`). */
  readonly audience?: string | readonly string[]
  /** What their header has to have as `typ`, such as `at+jwt` (RFC 9068); any but those of other kinds if not given. */
  readonly type?: string
  /** How far the clocks may be apart, in seconds; 0 if it is not given. */
  readonly leeway?: number
  /** The oldest that a token may be, in seconds since `iat`; any age if it is not given. */
  readonly maxAge?: number
  /** Claims that have to be there with just these values. */
  readonly claims?: Readonly<Record<string, string | number | boolean>>
  /** Claims that hold scopes, roles and the user name; `scope` or `scp`, `roles` and `sub` if not given. */
  readonly from?: { readonly scopes?: string; readonly roles?: string; readonly username?: string }
}

/** Where somebody else is asked whether a token is good (RFC 7662). */
export interface IntrospectionSettings {
  /** Where to ask, an `https` address. */
  readonly address: string
  /**
   * Whether the address may lead into the network that the app stands in, such as to 10.0.0.5; false if it is not given,
   * so that no name can make the app look around there.
   */
  readonly insideNetwork?: boolean
  /** The name by which the other side knows this app. */
  readonly clientId: string
  /** The secret that goes with it; `${NAME}` stands for an environment variable. */
  readonly clientSecret: string
  /** How long an answer counts, in seconds; 60 if it is not given, never beyond the end of the token. */
  readonly keepFor?: number
}

/** A bearer token (RFC 6750). */
export interface BearerDefinition extends Grants {
  /** Tells it from definitions of other kinds. */
  readonly kind: 'bearer'
  /** What the challenge names; the title of the app if it is not given. */
  readonly realm?: string
  /** A token that is agreed on; several while one takes the place of another; `${NAME}` stands for an environment variable. */
  readonly token?: string | readonly string[]
  /** Tokens of others that carry their own proof. */
  readonly jwt?: JwtSettings
  /** Tokens that somebody else is asked about. */
  readonly introspection?: IntrospectionSettings
  /** Tokens of this app's own token endpoint; see the app's `tokens`. */
  readonly issued?: boolean
}

/** A session of a browser, in a cookie; see the app's `sessions`. */
export interface SessionDefinition extends Grants {
  /** Tells it from definitions of other kinds. */
  readonly kind: 'session'
}

/** A certificate that the client shows (mutual TLS). */
export interface MutualTlsDefinition extends Grants {
  /** Tells it from definitions of other kinds. */
  readonly kind: 'mutualTls'
  /** SHA-256 fingerprints of certificates, in hexadecimal digits with or without colons. */
  readonly fingerprints?: readonly string[]
  /** Subjects (RFC 4514), such as `CN=hr,O=Example`. */
  readonly subjects?: readonly string[]
  /** Alternative names, such as `DNS:hr.example.com`. */
  readonly names?: readonly string[]
}

/** Credentials of one kind for one client. */
export type Definition = BasicDefinition | ApiKeyDefinition | BearerDefinition | SessionDefinition | MutualTlsDefinition

/**
 * A user name and a password for one client (RFC 7617).
 *
 * ```ts
 * basic({ username: 'hr', password: '${HR_PASSWORD}' }) // => { kind: 'basic', username: 'hr', password: '${HR_PASSWORD}' }
 * ```
 */
export function basic(settings: Omit<BasicDefinition, 'kind'>): BasicDefinition {
  return { kind: 'basic', ...settings }
}

/**
 * A key for one client, in the header `X-API-Key` if nothing else is said.
 *
 * ```ts
 * apiKey({ key: '${SHOP_KEY}' }) // => { kind: 'apiKey', key: '${SHOP_KEY}' }
 * ```
 */
export function apiKey(settings: Omit<ApiKeyDefinition, 'kind'>): ApiKeyDefinition {
  return { kind: 'apiKey', ...settings }
}

/**
 * Bearer tokens (RFC 6750): one that is agreed on, JWTs (RFC 7519), tokens that somebody else is asked about (RFC 7662), or
 * those of the app's own token endpoint.
 *
 * ```ts
 * bearer({ jwt: { algorithms: ['RS256'], jwks: 'https://id.example.com/jwks', audience: 'orders' } }).kind // => 'bearer'
 * ```
 */
export function bearer(settings: Omit<BearerDefinition, 'kind'>): BearerDefinition {
  return { kind: 'bearer', ...settings }
}

/**
 * Sessions of browsers, in a cookie, protected against requests of other sites.
 *
 * ```ts
 * session() // => { kind: 'session' }
 * ```
 */
export function session(settings: Omit<SessionDefinition, 'kind'> = {}): SessionDefinition {
  return { kind: 'session', ...settings }
}

/**
 * A client certificate: shown to the app itself, or to a trusted proxy that passes it on (RFC 9440).
 *
 * ```ts
 * mutualTls({ subjects: ['CN=hr,O=Example'] }) // => { kind: 'mutualTls', subjects: ['CN=hr,O=Example'] }
 * ```
 */
export function mutualTls(settings: Omit<MutualTlsDefinition, 'kind'>): MutualTlsDefinition {
  return { kind: 'mutualTls', ...settings }
}
