/** The signatures that the app can give to its tokens (RFC 7518, 3.1; RFC 8037). */
export type TokenAlgorithm = 'HS256' | 'RS256' | 'ES256' | 'EdDSA'

/** The ways to a token (RFC 6749, 4.3, 4.4). */
export type TokenGrant = 'password' | 'client_credentials'

/** A program that gets tokens, by its name (`client_id`). */
export interface TokenClient {
  /**
   * What only the program knows; several while one takes the place of another; `${NAME}` stands for an environment
   * variable. Without one the client can prove nothing, and may only hand on passwords of people.
   */
  readonly secret?: string | readonly string[]
  /** The ways on which it gets tokens; `client_credentials` if it is not given, or `password` for one without a secret. */
  readonly grants?: readonly TokenGrant[]
  /** What its tokens may do at the most, also those of people that log in by it. */
  readonly scopes?: readonly string[]
  /** What it is when it calls in its own name, such as `reporter`. */
  readonly roles?: readonly string[]
}

/** Where the addresses are that have to do with tokens; the `prefix` of the app is not put in front. */
export interface TokenPaths {
  /** Tokens are got here; `/token` if it is not given. */
  readonly token?: string
  /** Tokens are given up here (RFC 7009); `/revoke` if it is not given. */
  readonly revoke?: string
  /** Clients ask here about a token (RFC 7662); `/introspect` if it is not given. */
  readonly introspect?: string
  /** The public keys are here (RFC 7517); `/jwks.json` if it is not given. */
  readonly jwks?: string
}

/** The tokens that an app issues itself (RFC 6749, RFC 9068). */
export interface TokenSettings {
  /** Where they are got, given up and looked up. */
  readonly paths?: TokenPaths
  /** How they are signed; `HS256` if it is not given. */
  readonly algorithm?: TokenAlgorithm
  /**
   * What they are signed with: a text of 32 characters or more for `HS256`, a private key in PEM for the others; of
   * several the first one signs, and all count. `${NAME}` stands for an environment variable. If it is not given, keys
   * are made, kept in the data folder and changed by time.
   */
  readonly key?: string | readonly string[]
  /** After how many seconds a key that was made gives way to a new one; 7,776,000 (90 days) if it is not given. */
  readonly keyLifetime?: number
  /** Who issues them (`iss`), best as an `https` address, at which clients then find how to get them; the title if not given. */
  readonly issuer?: string
  /** Whom they are for (`aud`); the issuer if it is not given. */
  readonly audience?: string
  /** How long an access token counts, in seconds; 1,800 if it is not given. */
  readonly lifetime?: number
  /** Whether people get refresh tokens, and for how many seconds after they log in; 2,592,000 (30 days) for `true`. */
  readonly refresh?: boolean | { readonly lifetime: number }
  /** The programs that get tokens, by name. */
  readonly clients?: Readonly<Record<string, TokenClient>>
  /** What scopes mean, in words, for the API description. */
  readonly scopes?: Readonly<Record<string, string>>
  /**
   * Whether anybody may get a token for the user name and password of a person, without being one of the `clients`; if
   * it is not given, true where the app has a `login` or `users`. OAuth 2.1 has given this way up: it is for programs of
   * your own.
   */
  readonly password?: boolean
}
