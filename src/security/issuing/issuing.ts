import type { SecurityHost } from '../host.ts'
import type { Limits } from '../limits/limits.ts'
import type { KnownLogins } from '../login/known-logins.ts'
import type { Login } from '../login/login.ts'
import type { VerifyToken } from '../tokens/verify-token.ts'
import { accessTokens } from './access-tokens.ts'
import { givenKeys, jwksOf, madeKeys, type SigningKeys } from './signing-keys.ts'
import { type TokenReply, type TokenRequest, tokenGrants } from './token-grants.ts'
import { type TokenLookup, tokenLookup } from './token-lookup.ts'
import { resourceMetadata, type TokenDocument, tokenDocuments } from './token-metadata.ts'
import { type TokenPlan, tokenPlan } from './token-plan.ts'
import type { TokenSettings } from './token-settings.ts'
import { tokenStore } from './token-store.ts'

/** The tokens that an app issues. */
export interface Issuing extends TokenLookup {
  readonly plan: TokenPlan
  /** What is wrong with the settings, as whole sentences that say how to mend it. */
  readonly faults: readonly string[]
  /** How the app knows people. */
  readonly people: Login
  /** Gives a token. @throws Problem with a code of RFC 6749, 5.2 */
  readonly token: (request: TokenRequest) => Promise<TokenReply>
  /** The public keys (RFC 7517, 5). */
  readonly jwks: () => Promise<{ readonly keys: readonly object[] }>
  /** What tells clients how to get and use tokens. */
  readonly documents: readonly TokenDocument[]
  /** Where challenges lead (RFC 9728, 5.1). */
  readonly resourceMetadata: string | undefined
  /** Looks into the app's own tokens. */
  readonly verify: VerifyToken
  /** Another number after each revocation by whichever process. */
  readonly revocations: () => number
  readonly close: () => void
}

/** What the tokens of an app need of its security. */
export interface IssuingParts {
  /** How the app knows people: its `login`, or its stored users. */
  readonly people: Login
  readonly names: KnownLogins
  /** Whether the settings speak of people, in `login` or `users`. */
  readonly hasPeople: boolean
  readonly limits: Pick<Limits, 'checkFailures' | 'failed'>
}

/** Compiles the tokens that an app issues. Nothing is opened before the first of them is asked for. */
export function createIssuing(
  settings: TokenSettings,
  host: Pick<SecurityHost, 'clock' | 'data' | 'environment' | 'log' | 'report' | 'title'>,
  { people, names, hasPeople, limits }: IssuingParts,
): Issuing {
  const { plan, faults } = tokenPlan(settings, host, hasPeople)
  if (plan.missing.length > 0)
    host.log.warn({ missing: plan.missing }, `no tokens are issued: set ${plan.missing.join(' and ')}`)
  for (const [client, missing] of Object.entries(plan.unsetClients))
    host.log.warn({ client, missing }, `the client ${client} gets no tokens: set ${missing.join(' and ')}`)
  const { clock } = host
  const store = tokenStore(host.data)
  const keys = keysOf()
  const tokens = accessTokens({ plan, keys, store, clock })
  const parts = { plan, store, tokens, people, names, limits, host }

  return {
    plan,
    faults,
    people,
    token: tokenGrants(parts),
    ...tokenLookup(parts),
    jwks: async () => {
      if (plan.algorithm === 'HS256' || plan.missing.length > 0) return { keys: [] }
      // Whoever asks before the first token was issued is shown the key that will sign it.
      await keys.current()
      return jwksOf(plan.algorithm, keys.all())
    },
    documents: tokenDocuments(plan, host.title),
    resourceMetadata: resourceMetadata(plan),
    verify: tokens.verify,
    revocations: store.revocations,
    close: store.close,
  }

  function keysOf(): SigningKeys {
    const [first, ...others] = plan.keys ?? []
    if (first !== undefined) return givenKeys([first, ...others])
    const ages = { keyLifetime: plan.keyLifetime * 1000, tokenLifetime: plan.lifetime * 1000 }
    return madeKeys(plan.algorithm, ages, { store, clock })
  }
}
