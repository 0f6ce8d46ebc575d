/** Who is calling: the security definition that matched, and what it says of the caller. */
export interface Caller {
  readonly definition: string | undefined
  readonly username: string | undefined
  readonly roles: readonly string[]
  readonly scopes: readonly string[]
}

/** A caller that gave no credentials, on a channel that asks for none. */
export const anonymous: Caller = { definition: undefined, username: undefined, roles: [], scopes: [] }
