import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive: (algorithm: 'argon2id', parameters: Argon2Parameters) => Promise<Buffer> = promisify(argon2)

/** What OWASP recommends for argon2id (RFC 9106): memory in KiB, passes, lanes. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }

/** A longer password is refused, so that nobody keeps a server busy with one; in characters of UTF-16. */
export const longestPassword = 1024

/** A hash that asks for more memory, in KiB, has not come from anybody who means well. */
const mostMemory = 1_048_576

/**
 * Hashes a password with argon2id (RFC 9106), for keeping: a text in the PHC format, which holds salt and cost.
 *
 * ```ts
 * const hash = await hashPassword('correct horse battery staple')
 * hash.startsWith('$argon2id$v=19$m=19456,t=2,p=1$') // => true
 * await verifyPassword(hash, 'correct horse battery staple') // => true
 * await verifyPassword(hash, 'something else') // => false
 * ```
 *
 * @throws RangeError for a password of more than 1,024 characters.
 */
export async function hashPassword(password: string): Promise<string> {
  if (password.length > longestPassword) throw new RangeError(`A password may have ${longestPassword} characters`)
  const { memory, passes, parallelism } = cost
  const nonce = randomBytes(16)
  const tag = await derive('argon2id', { message: normal(password), nonce, ...cost })
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(nonce)}$${base64(tag)}`
}

/**
 * Whether a password is the one that {@link hashPassword} has hashed. Without a hash it takes as long and says no, so that
 * the time of an answer tells nobody whether there is such a user.
 *
 * ```ts
 * await verifyPassword(undefined, 'anything') // => false
 * ```
 */
export async function verifyPassword(hash: string | undefined, password: string): Promise<boolean> {
  if (password.length > longestPassword) return false
  const parts = hash === undefined ? undefined : readHash(hash)
  const { tag, ...parameters } = parts ?? { ...cost, nonce: Buffer.alloc(16), tag: Buffer.alloc(cost.tagLength) }
  const derived = await derive('argon2id', { message: normal(password), ...parameters, tagLength: tag.length })
  return timingSafeEqual(derived, tag) && parts !== undefined
}

/**
 * Whether a password should be hashed anew when its owner next gives it, since its hash has cost less than one costs now
 * or is none of {@link hashPassword}.
 *
 * ```ts
 * needsRehash(await hashPassword('correct horse battery staple')) // => false
 * needsRehash('$argon2id$v=19$m=4096,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$aGFzaGhhc2hoYXNoaGFzaA') // => true
 * ```
 */
export function needsRehash(hash: string): boolean {
  const parts = readHash(hash)
  if (parts === undefined) return true
  return parts.memory < cost.memory || parts.passes < cost.passes || parts.tag.length < cost.tagLength
}

/** The same password is typed differently on different keyboards (NIST SP 800-63B, 3.1.1.2). */
function normal(password: string): string {
  return password.normalize('NFKC')
}

/** The parts of a hash; undefined for one that argon2 (RFC 9106, 3.1) could not have made, or only at a cost out of all reason. */
function readHash(hash: string) {
  const found = /^\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(hash)
  if (found === null) return undefined
  const [memory = 0, passes = 0, parallelism = 0] = found.slice(1, 4).map(Number)
  const nonce = Buffer.from(found[4] ?? '', 'base64')
  const tag = Buffer.from(found[5] ?? '', 'base64')
  const inReason = memory <= mostMemory && passes >= 1 && parallelism >= 1 && memory >= 8 * parallelism
  // A short tag would be found by guessing.
  return inReason && nonce.length >= 8 && tag.length >= 16 ? { memory, passes, parallelism, nonce, tag } : undefined
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
