/** Who is calling: the security definition that matched, and what it says of the caller. */
export interface Caller {
  /** The name of the security definition; undefined for an anonymous caller. */
  readonly definition: string | undefined
  /** The name by which the definition knows the caller. */
  readonly username: string | undefined
  /** What the caller is, such as `admin`; empty when nothing is said. */
  readonly roles: readonly string[]
  /** What the caller may do, such as `orders:write`; empty when nothing is said. */
  readonly scopes: readonly string[]
  /** What its roles and its definition permit, such as `orders:*`; nothing when it is not given. */
  readonly permissions?: readonly string[]
  /** What its token says of it (RFC 7519, 4), where a token was sent. */
  readonly claims?: Readonly<Record<string, unknown>>
}

/** A caller that gave no credentials, on a channel that asks for none. */
export const anonymous: Caller = { definition: undefined, username: undefined, roles: [], scopes: [] }
