import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { JwtSettings } from '../definitions/definition.ts'
import { filledFrom } from '../definitions/environment-text.ts'
import type { SecurityHost } from '../host.ts'
import { algorithms, isShared } from './algorithms.ts'

/** A key of the settings; or what is wrong with it, as the end of a sentence; or the variables that it lacks. */
export type FixedKey =
  | { readonly key: KeyObject }
  | { readonly fault: string }
  | { readonly missing: readonly string[] }

/** Reads the key that settings give as a text or a file. */
export function fixedKey(settings: JwtSettings, host: Pick<SecurityHost, 'environment' | 'folder'>): FixedKey {
  const { key, keyFile } = settings
  const setting = key === undefined ? '.keyFile' : '.key'
  if (key !== undefined) {
    const filled = filledFrom(host.environment, key)
    return 'missing' in filled ? filled : readKey(filled.text, setting, settings)
  }
  const path = resolve(host.folder, keyFile ?? '')
  try {
    return readKey(readFileSync(path, 'utf8').replace(/\r?\n$/, ''), setting, settings)
  } catch {
    return { fault: `${setting} is ${path}, which cannot be read: put the key there, or name another file` }
  }
}

function readKey(text: string, setting: string, { algorithms: given }: JwtSettings): FixedKey {
  const shared = given.some(isShared)
  const pem = text.includes('-----BEGIN ')
  if (shared && pem)
    return { fault: `${setting} is in PEM, but HS algorithms need a secret: give a secret, or other algorithms` }
  if (!shared && !pem)
    return { fault: `${setting} is no PEM: give the public key or the certificate of the issuer, with its BEGIN line` }
  if (text.includes('PRIVATE KEY-----'))
    return { fault: `${setting} is a private key, which stays with the issuer: give the public key that belongs to it` }
  const key = shared ? secretKey(text) : publicKey(text)
  if (key === undefined) return { fault: `${setting} holds no public key: give one in PEM, or a certificate` }
  const unfit = given.find((each) => !algorithms[each].fits(key))
  if (unfit === undefined) return { key }
  return { fault: `${setting} does not fit ${unfit}, which needs ${algorithms[unfit].what}: give another key` }
}

function secretKey(text: string): KeyObject {
  return createSecretKey(Buffer.from(text, 'utf8'))
}

function publicKey(pem: string): KeyObject | undefined {
  try {
    return createPublicKey(pem)
  } catch {
    return undefined
  }
}
