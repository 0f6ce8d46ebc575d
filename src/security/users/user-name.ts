/** The longest name, in characters. */
const longest = 255

/** What is wrong with a new user name, as the end of a sentence. */
export function userNameFault(username: string): string | undefined {
  const text = username.normalize('NFKC')
  if (text === '' || [...text].length > longest) return `must have 1 to ${longest} characters`
  // Nobody sees these, so that two names could look alike.
  if (!text.isWellFormed() || /[\p{C}\p{Zl}\p{Zp}]/u.test(text)) return 'must have no characters that cannot be seen'
  return text.trim() === text ? undefined : 'must neither begin nor end with a space'
}

/** What names are compared by: compatible forms and capital letters make no other name. */
export function userKey(username: string): string {
  return username.normalize('NFKC').toLowerCase().normalize('NFKC')
}
