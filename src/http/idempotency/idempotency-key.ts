/** A string as RFC 9651, 3.3.3 writes it, with something in it. */
const quoted = /^"((?:[ !#-[\]-~]|\\["\\])+)"$/
/** What most clients send. Of two keys in one line, or in two, the comma tells. */
const plain = /^[!#-+\--~]+$/

/** The longest key, in characters. */
export const longestKey: number = 255

/** The two forms of a key, for the API description. */
export const keyPattern: string = `^(?:"(?:[ !#-\\[\\]-~]|\\\\["\\\\]){1,${longestKey}}"|[!#-+\\--~]{1,${longestKey}})$`

/**
 * The key in an `Idempotency-Key` header, with or without quotes, which are no part of it; undefined for what is no key
 * of 1 to 255 visible characters of ASCII, or more than one.
 */
export function readKey(header: string | readonly string[]): string | undefined {
  if (typeof header !== 'string') return undefined
  const inside = quoted.exec(header)?.[1]
  const key = inside === undefined ? plain.exec(header)?.[0] : inside.replace(/\\(["\\])/g, '$1')
  return key === undefined || key.length > longestKey ? undefined : key
}
