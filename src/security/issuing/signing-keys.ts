import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPair,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { promisify } from 'node:util'
import type { Clock } from '../../kernel/clock.ts'
import type { TokenAlgorithm } from './token-settings.ts'
import type { KeptKey, TokenStore } from './token-store.ts'

/** A key of the app's tokens. */
export interface SigningKey {
  readonly kid: string
  /** The secret or private key. */
  readonly signs: KeyObject
  /** The secret or public key. */
  readonly verifies: KeyObject
}

/** The keys of the app's tokens. */
export interface SigningKeys {
  /** The key that signs now. */
  readonly current: () => Promise<SigningKey>
  /** All keys that count, those that sign no more, too. */
  readonly all: () => readonly SigningKey[]
}

const generate = promisify(generateKeyPair)

/** A key out of a text: a secret, or a private key in PEM. @throws Error for a text that is none */
export function signingKey(algorithm: TokenAlgorithm, text: string): SigningKey {
  if (algorithm === 'HS256') return secretKey(Buffer.from(text))
  const signs = createPrivateKey(text)
  const verifies = createPublicKey(signs)
  return { kid: thumbprint(jwkOf(verifies)), signs, verifies }
}

function secretKey(bytes: Buffer): SigningKey {
  const key = createSecretKey(bytes)
  // It tells no more of the secret than a signature does.
  const kid = createHmac('sha256', bytes).update('kid').digest('base64url').slice(0, 16)
  return { kid, signs: key, verifies: key }
}

type PublicJwk = ReturnType<typeof jwkOf>

function jwkOf(key: KeyObject) {
  return key.export({ format: 'jwk' })
}

/** RFC 7638. */
function thumbprint({ kty, crv, x, y, e, n }: PublicJwk): string {
  const members = kty === 'RSA' ? { e, kty, n } : { crv, kty, x, y }
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url')
}

/** The public keys (RFC 7517, 5); none where a secret signs. */
export function jwksOf(algorithm: TokenAlgorithm, keys: readonly SigningKey[]): { readonly keys: readonly object[] } {
  if (algorithm === 'HS256') return { keys: [] }
  return {
    keys: keys.map(({ kid, verifies }) => ({ ...jwkOf(verifies), kid, use: 'sig', alg: algorithm })),
  }
}

/** Keys that the settings give: the first one signs. */
export function givenKeys(keys: readonly [SigningKey, ...(readonly SigningKey[])]): SigningKeys {
  return { current: async () => keys[0], all: () => keys }
}

/** What keys that are made go by; times are in milliseconds. */
export interface KeyAges {
  /** After this a key gives way to a new one. */
  readonly keyLifetime: number
  /** After this the last token that a key has signed has ended. */
  readonly tokenLifetime: number
}

/** So long after it has given way a key may still be signing in another process, in milliseconds. */
const overlap = 60_000

/** Keys that are made when they are needed, and kept. */
export function madeKeys(
  algorithm: TokenAlgorithm,
  { keyLifetime, tokenLifetime }: KeyAges,
  { store, clock }: { readonly store: TokenStore; readonly clock: Clock },
): SigningKeys {
  let version = Number.NaN
  let known: readonly (KeptKey & { readonly made: SigningKey })[] = []
  const now = (): number => clock.now().getTime()
  const kept = () => {
    const current = store.version()
    if (current !== version) {
      const before = new Map(known.map((each) => [each.kid, each.made]))
      known = store.keys(algorithm, now()).map((each) => ({ ...each, made: before.get(each.kid) ?? keyOf(each.key) }))
      version = current
    }
    return known
  }
  const keyOf = (text: string): SigningKey =>
    algorithm === 'HS256' ? secretKey(Buffer.from(text, 'base64url')) : signingKey(algorithm, text)
  const young = () => kept().find(({ created, expires }) => expires === null && created > now() - keyLifetime)

  return {
    current: async () => {
      const found = young()
      if (found !== undefined) return found.made
      const key = await newKey(algorithm)
      const { kid } = keyOf(key)
      const at = now()
      store.addKey(algorithm, { kid, key }, { now: at, newest: at - keyLifetime, ends: at + tokenLifetime + overlap })
      // Where two make one at the same time, that of the other may be the one that counts.
      const made = young()
      if (made === undefined) throw new Error('The key for tokens was not kept: the data folder may have been cleared')
      return made.made
    },
    all: () =>
      kept()
        .filter(({ expires }) => expires === null || expires > now())
        .map(({ made }) => made),
  }
}

async function newKey(algorithm: TokenAlgorithm): Promise<string> {
  switch (algorithm) {
    case 'HS256':
      return randomBytes(32).toString('base64url')
    case 'RS256':
      return pem((await generate('rsa', { modulusLength: 2048 })).privateKey)
    case 'ES256':
      return pem((await generate('ec', { namedCurve: 'P-256' })).privateKey)
    case 'EdDSA':
      return pem((await generate('ed25519')).privateKey)
  }
}

function pem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}
