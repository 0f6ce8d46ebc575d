import type { KeyObject } from 'node:crypto'
import type { JwtAlgorithm } from '../definitions/definition.ts'

/** What the key of an algorithm has to be (RFC 7518, 3). */
interface KeyNeed {
  /** As a sentence names it. */
  readonly what: string
  readonly fits: (key: KeyObject) => boolean
}

const secretOf = (bytes: number): KeyNeed => ({
  what: `a secret of at least ${bytes} bytes`,
  fits: (key) => key.type === 'secret' && (key.symmetricKeySize ?? 0) >= bytes,
})
const rsa: KeyNeed = {
  what: 'an RSA key of at least 2048 bits',
  fits: (key) => key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048,
}
const curve = (name: string, named: string): KeyNeed => ({
  what: `an EC key on ${name}`,
  fits: (key) => key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === named,
})
const ed25519: KeyNeed = { what: 'an Ed25519 key', fits: (key) => key.asymmetricKeyType === 'ed25519' }

/** All algorithms that can be taken, with what each needs. */
export const algorithms: Readonly<Record<JwtAlgorithm, KeyNeed>> = {
  ...{ HS256: secretOf(32), HS384: secretOf(48), HS512: secretOf(64) },
  ...{ RS256: rsa, RS384: rsa, RS512: rsa, PS256: rsa, PS384: rsa, PS512: rsa },
  ES256: curve('P-256', 'prime256v1'),
  ES384: curve('P-384', 'secp384r1'),
  ES512: curve('P-521', 'secp521r1'),
  EdDSA: ed25519,
}

/** Whether an algorithm signs with a secret that both sides know. */
export function isShared(algorithm: string): boolean {
  return algorithm.startsWith('HS')
}
