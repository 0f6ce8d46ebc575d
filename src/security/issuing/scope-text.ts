import { oauthProblem } from './oauth-problem.ts'

const token = /^[\x21\x23-\x5b\x5d-\x7e]+$/

/** Whether a text can be the name of a scope (RFC 6749, 3.3). */
export function isScopeName(text: string): boolean {
  return token.test(text)
}

/**
 * The scopes that are asked for, all of `most` where nothing is.
 *
 * @throws Problem `invalid_scope` for one that is not among them
 */
export function scopesWithin(asked: string | undefined, most: readonly string[]): readonly string[] {
  if (asked === undefined) return most
  const names = [...new Set(asked.split(' '))]
  if (!names.every(isScopeName)) throw oauthProblem('invalid_scope', 'scope has names with one space between them')
  const other = names.find((each) => !most.includes(each))
  if (other !== undefined) throw oauthProblem('invalid_scope', `The scope ${other} cannot be had here`)
  return names
}
