import type { Attempt } from '../../kernel/attempt.ts'
import { problem } from '../../kernel/problem.ts'
import type { KeySlot } from './accepted.ts'

/** What a request shows of who sends it, of one kind. */
export type Credentials =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'apiKey'; readonly slot: KeySlot; readonly key: string }

/** Credentials that cannot even be read. */
export interface Unreadable {
  readonly kind: 'unreadable'
  readonly scheme: 'basic' | 'bearer'
}

/**
 * Reads the credentials of a request, as far as the channel takes their kind; nothing where there are none.
 *
 * @throws Problem `several_credentials` where there is more than one
 */
export function credentialsOf(
  attempt: Attempt,
  schemes: { readonly basic: boolean; readonly bearer: boolean },
  slots: readonly KeySlot[],
): Credentials | Unreadable | undefined {
  const found: (Credentials | Unreadable)[] = []
  const { authorization } = attempt.headers
  if (typeof authorization === 'string') {
    const scheme = schemeOf(authorization)
    if (scheme === 'basic' && schemes.basic) found.push(basicOf(authorization))
    if (scheme === 'bearer' && schemes.bearer) found.push(bearerOf(authorization))
  }
  for (const slot of slots) {
    for (const key of sentKeys(attempt, slot)) found.push({ kind: 'apiKey', slot, key })
  }
  if (found.length > 1)
    throw problem('several_credentials', 'The request shows credentials of more than one kind, or twice')
  return found[0]
}

function schemeOf(authorization: string): string {
  const end = authorization.indexOf(' ')
  return (end === -1 ? authorization : authorization.slice(0, end)).toLowerCase()
}

/** RFC 7617, 2: a colon ends the user name; both are UTF-8. */
function basicOf(authorization: string): Credentials | Unreadable {
  const encoded = authorization.slice(6).trim()
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return { kind: 'unreadable', scheme: 'basic' }
  const text = utf8(Buffer.from(encoded, 'base64'))
  const colon = text?.indexOf(':') ?? -1
  // biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 7617 forbids them.
  if (text === undefined || colon === -1 || /[\u0000-\u001f\u007f]/.test(text))
    return { kind: 'unreadable', scheme: 'basic' }
  return {
    kind: 'basic',
    username: text.slice(0, colon).normalize('NFC'),
    password: text.slice(colon + 1).normalize('NFC'),
  }
}

/** RFC 6750, 2.1. */
function bearerOf(authorization: string): Credentials | Unreadable {
  const token = authorization.slice(7).trim()
  if (!/^[A-Za-z0-9\-._~+/]+=*$/.test(token)) return { kind: 'unreadable', scheme: 'bearer' }
  return { kind: 'bearer', token }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Each key that was sent in a place; an empty one was sent, too. */
function sentKeys(attempt: Attempt, slot: KeySlot): readonly string[] {
  if (slot.in === 'header') return [attempt.headers[slot.sent]].flat().filter((each) => each !== undefined)
  if (slot.in === 'cookie') return [attempt.cookies[slot.sent]].filter((each) => each !== undefined)
  if (!attempt.query.includes('=')) return []
  return new URLSearchParams(attempt.query).getAll(slot.sent)
}
