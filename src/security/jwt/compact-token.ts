import { progress, TokenRefused } from '../tokens/verify-token.ts'
import { memberNames } from './member-names.ts'

/** A longer token is refused unread, in characters. */
export const longestToken: number = 16 * 1024

/** The header of a signed token (RFC 7515, 4), as far as it is gone by. */
export interface TokenHeader {
  readonly alg: string
  readonly kid?: string
  readonly typ?: string
}

/**
 * Reads the header of a token in the compact form (RFC 7515, 7.1), strictly: what two readers could read in two ways is
 * refused (RFC 8725, 2.4). Nothing in it is to be believed yet.
 *
 * @throws TokenRefused
 */
export function tokenHeader(token: string): TokenHeader {
  if (token.length > longestToken) throw new TokenRefused('The token is too long')
  const parts = token.split('.')
  if (parts.length === 5) throw new TokenRefused('The token is encrypted, which is not taken here')
  const [first = '', second = '', signature = ''] = parts
  if (parts.length !== 3) throw malformed()
  const header = memberOf(first)
  memberOf(second)
  const { alg, kid, typ } = header
  if (typeof alg !== 'string' || !isTextOrNothing(kid) || !isTextOrNothing(typ)) throw malformed()
  // None of the extensions that a token may call critical is known here (RFC 7515, 4.1.11), nor other payloads (RFC 7797).
  if ('crit' in header || 'b64' in header || 'enc' in header || 'zip' in header)
    throw new TokenRefused('The token asks for something that is not known here', progress.header)
  if (signature === '') throw new TokenRefused('The token is not signed', progress.header)
  bytesOf(signature)
  return { alg, ...(kid !== undefined && { kid }), ...(typ !== undefined && { typ }) }
}

function isTextOrNothing(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string'
}

function memberOf(part: string): Readonly<Record<string, unknown>> {
  const text = textOf(bytesOf(part))
  const value = jsonOf(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed()
  const names = memberNames(text)
  if (new Set(names).size !== names.length) throw malformed()
  return { ...value }
}

/** Base64url without padding, each value written in the only way there is (RFC 7515, 2; RFC 4648, 3.5). */
function bytesOf(part: string): Buffer {
  const bytes = Buffer.from(part, 'base64url')
  if (part === '' || bytes.toString('base64url') !== part) throw malformed()
  return bytes
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw malformed()
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw malformed()
  }
}

function malformed(): TokenRefused {
  return new TokenRefused('The token is malformed')
}
