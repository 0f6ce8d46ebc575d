import { decodePercent } from '../route/percent.ts'

/** The members of a query or a form by name, each with its values in order. */
export type TextMembers = Map<string, string[]>

/**
 * Reads `application/x-www-form-urlencoded` text (WHATWG URL): `+` is a blank, a name may come several times.
 *
 * @throws Problem `malformed_url`
 */
export function readQuery(text: string): TextMembers {
  const members: TextMembers = new Map()
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decode(equals === -1 ? pair : pair.slice(0, equals))
    const value = equals === -1 ? '' : decode(pair.slice(equals + 1))
    const known = members.get(name)
    if (known === undefined) members.set(name, [value])
    else known.push(value)
  }
  return members
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  return spaced.includes('%') ? decodePercent(spaced) : spaced
}
