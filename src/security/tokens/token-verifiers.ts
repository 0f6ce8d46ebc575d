import { BoundedMap } from '../authenticate/bounded-map.ts'
import type { ActiveDefinition } from '../definitions/active-definition.ts'
import type { BearerDefinition, Definition } from '../definitions/definition.ts'
import { filledFrom } from '../definitions/environment-text.ts'
import type { SecurityHost } from '../host.ts'
import { fixedKey } from '../jwt/fixed-key.ts'
import { jwtFaults } from '../jwt/jwt-faults.ts'
import { jwtVerifier, type KeySource } from '../jwt/jwt-verifier.ts'
import { type FindKeys, keySet } from '../jwt/key-set.ts'
import { type Ask, asker } from '../remote/ask.ts'
import { addressFault, destinations, type Resolve } from '../remote/inward.ts'
import { firstTaken } from './first-taken.ts'
import { introspector } from './introspector.ts'
import type { VerifyToken } from './verify-token.ts'

/** What verifies the tokens of bearer definitions. */
export interface TokenVerifiers {
  /** What looks into the tokens of a definition; it takes none where the settings have faults or lack a variable. */
  readonly verifierOf: (definition: ActiveDefinition) => VerifyToken
  /** What is wrong with a definition, as whole sentences that say how to mend it; also tells the log what it lacks. */
  readonly faultsOf: (name: string, definition: Definition) => readonly string[]
}

/** One way to look into tokens, or why there is none. */
interface Part {
  readonly verify?: VerifyToken
  readonly faults?: readonly string[]
  readonly missing?: readonly string[]
}

/** Keys of others count for so long after they were seen, in milliseconds. */
const foreignKeysKept = 5 * 60_000

/** For so many settings keys and answers are kept. */
const remembered = 1_000

type TokenHost = Pick<SecurityHost, 'clock' | 'log' | 'environment' | 'folder' | 'addressList' | 'report'>

/** Makes what verifies tokens; `issued` looks into those of the app's own endpoint. */
export function tokenVerifiers(
  host: TokenHost,
  issued?: (definition: ActiveDefinition) => VerifyToken,
  resolve: Resolve = byName,
): TokenVerifiers {
  const { clock, log } = host
  const outward = asker(destinations(host, resolve))
  const anywhere = asker(destinations(host, resolve, true))
  const askFor = ({ insideNetwork = false }: { readonly insideNetwork?: boolean }): Ask =>
    insideNetwork ? anywhere : outward
  // By what they are made of, so that definitions which are stored anew keep their keys and answers.
  const sets = new BoundedMap<FindKeys>(remembered)
  const parts = new BoundedMap<Part>(remembered)

  return {
    verifierOf: (active) => {
      const { definition } = active
      if (definition.kind !== 'bearer') return () => undefined
      const ways = [
        ...(definition.issued === true && issued !== undefined ? [issued(active)] : []),
        ...partsOf(definition).flatMap(({ verify }) => verify ?? []),
      ]
      return (token) => firstTaken(ways, (verify) => verify(token))
    },
    faultsOf: (name, definition) => {
      if (definition.kind !== 'bearer') return []
      const { token, jwt, introspection } = definition
      if ((token ?? jwt ?? introspection ?? definition.issued) === undefined)
        return [`security.${name} takes no tokens: give it 'token', 'jwt', 'introspection' or 'issued'`]
      const all = partsOf(definition)
      const missing = all.flatMap((part) => part.missing ?? [])
      if (missing.length > 0)
        log.warn(
          { definition: name, missing },
          `the security definition ${name} takes no tokens: set ${missing.join(' and ')}`,
        )
      return all.flatMap(({ faults = [] }) => faults.map((fault) => `security.${name}${fault}`))
    },
  }

  function partsOf({ jwt, introspection }: BearerDefinition): readonly Part[] {
    return [
      ...(jwt === undefined ? [] : [once(JSON.stringify({ jwt }), () => jwtPart(jwt))]),
      ...(introspection === undefined
        ? []
        : [once(JSON.stringify({ introspection }), () => introspectionPart(introspection))]),
    ]
  }

  function once(key: string, make: () => Part): Part {
    const known = parts.get(key)
    if (known !== undefined) return known
    const made = make()
    parts.set(key, made)
    return made
  }

  function jwtPart(jwt: NonNullable<BearerDefinition['jwt']>): Part {
    const faults = jwtFaults(jwt).map((fault) => `.jwt${fault}`)
    if (faults.length > 0) return { faults }
    if (jwt.jwks !== undefined) return { verify: jwtVerifier(jwt, remoteKeys(jwt.jwks, askFor(jwt)), clock) }
    const fixed = fixedKey(jwt, host)
    if ('fault' in fixed) return { faults: [`.jwt${fixed.fault}`] }
    if ('missing' in fixed) return fixed
    const keys = [fixed.key]
    return { verify: jwtVerifier(jwt, { find: async () => keys, keptFor: Number.POSITIVE_INFINITY }, clock) }
  }

  function remoteKeys(jwks: string, ask: Ask): KeySource {
    const key = `${ask === anywhere} ${jwks}`
    const find = sets.get(key) ?? keySet(new URL(jwks), { clock, log, ask })
    sets.set(key, find)
    return { find, keptFor: foreignKeysKept }
  }

  function introspectionPart(settings: NonNullable<BearerDefinition['introspection']>): Part {
    const { address, clientSecret, keepFor = 0 } = settings
    const fault = addressFault(address)
    const faults = [
      ...(fault === undefined ? [] : [`.introspection.address ${fault}`]),
      ...(keepFor >= 0
        ? []
        : [`.introspection.keepFor is ${keepFor}: give a number of seconds, or 0 to ask each time`]),
    ]
    if (faults.length > 0) return { faults }
    const filled = filledFrom(host.environment, clientSecret)
    return 'missing' in filled
      ? filled
      : { verify: introspector(settings, filled.text, { clock, log, ask: askFor(settings) }) }
  }
}

async function byName(name: string): Promise<readonly string[]> {
  // Loaded only by apps that ask others.
  const { lookup } = process.getBuiltinModule('node:dns/promises')
  return (await lookup(name, { all: true })).map(({ address }) => address)
}
