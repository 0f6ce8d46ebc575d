import { randomBytes } from 'node:crypto'
import { digestOf } from '../definitions/secret.ts'
import { hashPassword } from '../passwords/password-hash.ts'
import type { Kind, StoredSecret, StoredSettings } from './stored-definition.ts'

/** A secret to keep, and its text where the client does not know it yet: it is told once, and not kept. */
export interface NewSecret {
  readonly stored: StoredSecret
  readonly text?: string
}

/** Whether clients of a definition have a secret that is kept here. */
export function hasSecret(kind: Kind, { jwt, introspection, issued }: StoredSettings): boolean {
  if (kind === 'bearer') return jwt === undefined && introspection === undefined && issued === undefined
  return kind === 'basic' || kind === 'apiKey'
}

/** Makes a secret: a password of 192 random bits, or the one that is given, or a key or token of 256 random bits. */
export async function newSecret(kind: Kind, given: string | undefined, created: number): Promise<NewSecret> {
  if (kind !== 'basic') return newKey(created)
  const text = given ?? randomBytes(24).toString('base64url')
  const stored = { hash: await hashPassword(text), created }
  return given === undefined ? { stored, text } : { stored }
}

/** `tr_<8 hexadecimal digits>_<43 characters of base64url>`, of which the first two parts are for finding it. */
function newKey(created: number): NewSecret {
  const prefix = `tr_${randomBytes(4).toString('hex')}`
  const text = `${prefix}_${randomBytes(32).toString('base64url')}`
  return { stored: { hash: digestOf(text), prefix, created }, text }
}
