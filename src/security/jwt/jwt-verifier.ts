import type { JWTVerifyOptions } from 'jose'
import type { Clock } from '../../kernel/clock.ts'
import type { JwtSettings } from '../definitions/definition.ts'
import { claimOf, ownerOf } from '../tokens/token-claims.ts'
import { progress, TokenRefused, type VerifyToken } from '../tokens/verify-token.ts'
import { type TokenHeader, tokenHeader } from './compact-token.ts'
import type { FindKeys } from './key-set.ts'
import { whyRefused } from './why-refused.ts'

type Claims = Readonly<Record<string, unknown>>

/** What the keys of tokens are, and how long they count. */
export interface KeySource {
  readonly find: FindKeys
  /** How long a token counts that was good, in milliseconds: keys of others may be taken back. */
  readonly keptFor: number
}

/**
 * Makes what verifies signed tokens (RFC 7519) by settings that have no faults. The settings say which algorithms and keys
 * count; what a token says of its key chooses among those, and nothing more (RFC 8725, 3.1).
 */
export function jwtVerifier(settings: JwtSettings, keys: KeySource, clock: Clock): VerifyToken {
  const { issuer, audience, leeway = 0, maxAge } = settings
  const options: JWTVerifyOptions = {
    algorithms: [...settings.algorithms],
    clockTolerance: leeway,
    requiredClaims: ['exp'],
    ...(issuer !== undefined && { issuer: typeof issuer === 'string' ? issuer : [...issuer] }),
    ...(audience !== undefined && { audience: typeof audience === 'string' ? audience : [...audience] }),
    ...(maxAge !== undefined && { maxTokenAge: maxAge }),
  }
  return async (token) => {
    const header = tokenHeader(token)
    if (!options.algorithms?.includes(header.alg))
      throw new TokenRefused('The algorithm of the token is not taken here', progress.header)
    const claims = await verified(token, header)
    checkType(header, settings)
    checkClaims(claims, settings)
    const now = clock.now().getTime()
    const ends = endOf(claims, settings)
    return { ...ownerOf(claims, settings.from), until: Math.min(ends, now + keys.keptFor) }
  }

  async function verified(token: string, header: TokenHeader): Promise<Claims> {
    const { jwtVerify } = await import('jose')
    let refused = new TokenRefused('The key of the token is not known', progress.key)
    for (const key of await keys.find(header)) {
      try {
        return (await jwtVerify(token, key, { ...options, currentDate: clock.now() })).payload
      } catch (error) {
        const reason = whyRefused(error)
        if (reason.reached > refused.reached) refused = reason
      }
    }
    throw refused
  }
}

/** RFC 8725, 3.11: a token that was made for something else is none of those that let callers in. */
function checkType({ typ }: TokenHeader, { type }: JwtSettings): void {
  const said = typ === undefined ? undefined : plainType(typ)
  const good = type === undefined ? said === undefined || !isOther(said) : said === plainType(type)
  if (!good) throw new TokenRefused('The token is of another kind', progress.purpose)
}

function isOther(type: string): boolean {
  return type.endsWith('+jwt') && type !== 'at+jwt'
}

/** RFC 7515, 4.1.9: `application/` may be left out, and case does not count. */
function plainType(type: string): string {
  return type.toLowerCase().replace(/^application\//, '')
}

function checkClaims(claims: Claims, { claims: wanted = {} }: JwtSettings): void {
  for (const [name, value] of Object.entries(wanted)) {
    if (claimOf(claims, name) !== value)
      throw new TokenRefused('The token does not say what it has to say here', progress.purpose)
  }
}

/** Until when a token counts, in milliseconds since 1970. @throws TokenRefused where a time in it is none */
function endOf({ exp, nbf, iat }: Claims, { leeway = 0, maxAge }: JwtSettings): number {
  for (const time of [exp, nbf, iat]) {
    // JSON can write numbers that are too large for any time, which would never be over.
    if (time !== undefined && !Number.isFinite(time)) throw new TokenRefused('The token is malformed', progress.time)
  }
  const oldest = maxAge === undefined ? Number.POSITIVE_INFINITY : Number(iat) + maxAge
  return (Math.min(Number(exp), oldest) + leeway) * 1000
}
