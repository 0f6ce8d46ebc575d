import { isSecretName } from './secret-name.ts'

/** The name of a member of JSON, and the quote in front of its text; inside of another text, quotes have backslashes. */
const member = /(\\{0,31})"([\w.-]{1,64})\1"\s*:\s*\1"/g

/** A text that holds JSON, without the texts of members whose names say that they are secret. */
export function withoutMembers(text: string): string {
  let masked = ''
  let from = 0
  for (const found of text.matchAll(member)) {
    const [whole, slashes = '', name = ''] = found
    if (found.index < from || !isSecretName(name)) continue
    const begin = found.index + whole.length
    masked += `${text.slice(from, begin)}***`
    from = endOf(text, begin, slashes.length)
  }
  return from === 0 ? text : masked + text.slice(from)
}

/** Where the closing quote begins, or the text around it ends; a text that was cut off is a secret to its end. */
function endOf(text: string, begin: number, slashes: number): number {
  for (let at = text.indexOf('"', begin); at !== -1; at = text.indexOf('"', at + 1)) {
    let before = 0
    while (before < at - begin && text[at - 1 - before] === '\\') before++
    // A quote inside has one backslash more for each level; a backslash at the end of the secret, twice as many.
    if (before <= slashes) return at - before
    if ((before - slashes) % (2 * slashes + 2) === 0) return at - slashes
  }
  return text.length
}
