import { randomBytes } from 'node:crypto'
import type { Clock } from '../../kernel/clock.ts'
import { problem } from '../../kernel/problem.ts'
import { jwtVerifier } from '../jwt/jwt-verifier.ts'
import { progress, TokenRefused, type VerifyToken } from '../tokens/verify-token.ts'
import type { SigningKeys } from './signing-keys.ts'
import type { TokenPlan } from './token-plan.ts'
import type { TokenStore } from './token-store.ts'

/** Whom a token is for, and what it lets them do. */
export interface AccessGrant {
  readonly subject: string
  readonly client: string | undefined
  readonly scopes: readonly string[]
  readonly roles: readonly string[]
  readonly claims: Readonly<Record<string, unknown>>
  /** What all tokens share that follow from one login. */
  readonly family: string
}

/** The access tokens of an app (RFC 9068). */
export interface AccessTokens {
  /** @throws Problem `unavailable` where the key is not set */
  readonly issue: (grant: AccessGrant) => Promise<string>
  readonly verify: VerifyToken
}

/** What access tokens are made of. */
export interface AccessTokenParts {
  readonly plan: TokenPlan
  readonly keys: SigningKeys
  readonly store: TokenStore
  readonly clock: Clock
}

const type = 'at+jwt'

/** A new name for what follows from one login. */
export function newFamily(): string {
  return randomBytes(12).toString('base64url')
}

/** The family that a token's id begins with. */
export function familyOf(id: string): string {
  const [family = ''] = id.split('.')
  return family
}

/** Signs and verifies access tokens. */
export function accessTokens({ plan, keys, store, clock }: AccessTokenParts): AccessTokens {
  const { algorithm, issuer, audience, lifetime, missing } = plan
  const find = async ({ kid }: { readonly kid?: string }) =>
    keys.all().flatMap((each) => (each.kid === kid ? [each.verifies] : []))
  const source = { find, keptFor: Number.POSITIVE_INFINITY }
  const signed = jwtVerifier({ algorithms: [algorithm], issuer, audience, type }, source, clock)
  return {
    issue: async ({ subject, client, scopes, roles, claims, family }) => {
      if (missing.length > 0) throw problem('unavailable', 'Tokens cannot be issued now')
      const { SignJWT } = await import('jose')
      const { kid, signs } = await keys.current()
      const now = Math.floor(clock.now().getTime() / 1000)
      const payload = {
        ...claims,
        ...{ iss: issuer, sub: subject, aud: audience, iat: now, exp: now + lifetime },
        jti: `${family}.${randomBytes(9).toString('base64url')}`,
        client_id: client,
        scope: scopes.length === 0 ? undefined : scopes.join(' '),
        roles: roles.length === 0 ? undefined : roles,
        // Another name for scopes, which only the login may give.
        scp: undefined,
      }
      return await new SignJWT(payload).setProtectedHeader({ alg: algorithm, typ: type, kid }).sign(signs)
    },
    verify: async (token) => {
      if (missing.length > 0) return undefined
      const found = await signed(token)
      const jti = found?.claims.jti
      if (found === undefined || typeof jti !== 'string') return undefined
      if (store.isRevoked([jti, familyOf(jti)])) throw new TokenRefused('The token has been revoked', progress.time)
      return found
    },
  }
}
