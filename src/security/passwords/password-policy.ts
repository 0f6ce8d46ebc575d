import { guessedPasswords } from './guessed-passwords.ts'
import { longestPassword } from './password-hash.ts'

/** What passwords have to be like; what is not given follows NIST SP 800-63B, which asks for length and nothing else. */
export interface PasswordPolicy {
  /** The fewest characters; 8 if it is not given, and 15 is better where nothing else than a password is asked for. */
  readonly minLength?: number
  /** The most characters; 1,024 if it is not given, which is as many as can be. */
  readonly maxLength?: number
  /** Whether one of the most common passwords, or one character again and again, will do; false if it is not given. */
  readonly allowCommon?: boolean
  /** Whether it needs a capital letter; false if it is not given. */
  readonly upper?: boolean
  /** Whether it needs a small letter; false if it is not given. */
  readonly lower?: boolean
  /** Whether it needs a digit; false if it is not given. */
  readonly digit?: boolean
  /** Whether it needs a character that is neither a letter nor a digit; false if it is not given. */
  readonly symbol?: boolean
  /** What else is wrong with a password, as ends of sentences, such as `must have two words`; an empty list for nothing. */
  readonly check?: (password: string, about: PasswordOwner) => readonly string[]
}

/** Whose password it is to be. */
export interface PasswordOwner {
  /** The name, which the password must not contain. */
  readonly username?: string
}

/** A name of fewer characters may be part of a good password by chance. */
const tellingName = 4

/**
 * What is wrong with a new password, as ends of sentences that may be shown to its owner; an empty list for nothing.
 * Characters are those of Unicode, counted as NFKC has them.
 *
 * ```ts
 * passwordFaults('correct horse battery staple') // => []
 * passwordFaults('secret') // => ['must have at least 8 characters']
 * passwordFaults('Password1') // => ['must be none of those that everybody tries first']
 * passwordFaults('ada lovelace', { digit: true }, { username: 'lovelace' }).length // => 2
 * ```
 */
export function passwordFaults(
  password: string,
  policy: PasswordPolicy = {},
  about: PasswordOwner = {},
): readonly string[] {
  // Text that no keyboard sends is hashed as if it were other text.
  if (!password.isWellFormed()) return ['must be text in Unicode']
  const { minLength = 8, maxLength = longestPassword, allowCommon = false } = policy
  if (password.length > longestPassword) return [`must have at most ${maxLength} characters`]
  const text = password.normalize('NFKC')
  const length = [...text].length
  return [
    ...(length < minLength ? [`must have at least ${minLength} characters`] : []),
    ...(length > maxLength ? [`must have at most ${maxLength} characters`] : []),
    ...(policy.upper === true && !/\p{Lu}/u.test(text) ? ['must have a capital letter'] : []),
    ...(policy.lower === true && !/\p{Ll}/u.test(text) ? ['must have a small letter'] : []),
    ...(policy.digit === true && !/\p{Nd}/u.test(text) ? ['must have a digit'] : []),
    ...(policy.symbol === true && !/[^\p{L}\p{M}\p{N}]/u.test(text)
      ? ['must have a character that is neither a letter nor a digit']
      : []),
    ...(!allowCommon && isCommon(text) ? ['must be none of those that everybody tries first'] : []),
    ...(holdsName(text, about.username) ? ['must not contain the user name'] : []),
    ...(policy.check?.(password, about) ?? []),
  ]
}

function isCommon(text: string): boolean {
  const small = text.toLowerCase()
  return guessedPasswords.has(small) || (small !== '' && new Set(small).size === 1)
}

/** Also the part of an e-mail address that stands in front of its host is a name. */
function holdsName(text: string, username: string | undefined): boolean {
  if (username === undefined) return false
  const small = text.toLowerCase()
  const name = username.normalize('NFKC').toLowerCase()
  return [name, name.split('@', 1)[0] ?? ''].some((each) => {
    return each !== '' && (small === each || (each.length >= tellingName && small.includes(each)))
  })
}

/** What is wrong with a policy, as whole sentences that say how to mend it. */
export function policyFaults(policy: PasswordPolicy): readonly string[] {
  const { minLength = 8, maxLength = longestPassword } = policy
  const lengths = Object.entries({ minLength, maxLength })
  const wrong = lengths.filter(([, value]) => !Number.isInteger(value) || value < 1 || value > longestPassword)
  if (wrong.length > 0) {
    return wrong.map(
      ([name, value]) =>
        `users.passwords.${name} is ${String(value)}: give a whole number from 1 to ${longestPassword}`,
    )
  }
  if (minLength <= maxLength) return []
  return [`users.passwords.minLength is ${minLength}, more than maxLength, ${maxLength}: no password could be both`]
}
