import type { JwtSettings } from '../definitions/definition.ts'
import type { VerifiedToken } from './verify-token.ts'

type Claims = Readonly<Record<string, unknown>>

/** What a token that is good says of its owner. */
export function ownerOf(claims: Claims, from: JwtSettings['from'] = {}): Omit<VerifiedToken, 'until'> {
  const { scopes, roles = 'roles', username = 'sub' } = from
  return {
    username: textOf(claimOf(claims, username)),
    scopes: scopes === undefined ? [...listOf(claims.scope), ...listOf(claims.scp)] : listOf(claimOf(claims, scopes)),
    roles: listOf(claimOf(claims, roles)),
    claims,
  }
}

/** A claim by its name, or by the path to it, such as `realm_access.roles`; names that have dots go first. */
export function claimOf(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path]
  let value: unknown = claims
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Claims)[name]
  }
  return value
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A list, or a text whose words are divided by spaces (RFC 6749, 3.3). */
function listOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.split(' ').filter((each) => each !== '')
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}
