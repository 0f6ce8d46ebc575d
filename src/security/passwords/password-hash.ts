import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive: (algorithm: 'argon2id', parameters: Argon2Parameters) => Promise<Buffer> = promisify(argon2)

/** What OWASP recommends for argon2id (RFC 9106): memory in KiB, passes, lanes. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }

/** A longer password is refused, so that nobody keeps a server busy with one; in characters. */
const longest = 1024

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
  if (password.length > longest) throw new RangeError(`A password may have ${longest} characters`)
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
  if (password.length > longest) return false
  const parts = hash === undefined ? undefined : readHash(hash)
  const { tag, ...parameters } = parts ?? { ...cost, nonce: Buffer.alloc(16), tag: Buffer.alloc(cost.tagLength) }
  const derived = await derive('argon2id', { message: normal(password), ...parameters, tagLength: tag.length })
  return timingSafeEqual(derived, tag) && parts !== undefined
}

/** The same password is typed differently on different keyboards (NIST SP 800-63B, 3.1.1.2). */
function normal(password: string): string {
  return password.normalize('NFKC')
}

function readHash(hash: string) {
  const found = /^\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(hash)
  if (found === null) return undefined
  const [memory = 0, passes = 0, parallelism = 0] = found.slice(1, 4).map(Number)
  const nonce = Buffer.from(found[4] ?? '', 'base64')
  return { memory, passes, parallelism, nonce, tag: Buffer.from(found[5] ?? '', 'base64') }
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
