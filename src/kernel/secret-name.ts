/** Words of a name that say that a secret is behind it, wherever they stand in it. */
const always: ReadonlySet<string> = new Set([
  ...['password', 'passwords', 'passwd', 'pwd', 'passphrase', 'passcode', 'secret', 'secrets', 'jwt', 'csrf', 'xsrf'],
  ...['credential', 'credentials', 'authorization', 'cookie', 'cookies', 'apikey', 'apikeys', 'privatekey'],
  ...['clientsecret', 'accesstoken', 'refreshtoken', 'idtoken', 'authtoken', 'sessionid', 'sessionkey', 'sid'],
])

/** Words that say so at the end of a name alone: a `token_type` is no secret. */
const atEnd: ReadonlySet<string> = new Set(['token', 'session', 'otp', 'pin'])

/** Words that say so in front of `key`. */
const beforeKey: ReadonlySet<string> = new Set([
  'api',
  'private',
  'secret',
  'signing',
  'encryption',
  'access',
  'session',
])

/** Words at the end of a name that say that it is about a secret, and not the secret itself: `password_changed_at`. */
const about: ReadonlySet<string> = new Set([
  ...['at', 'count', 'length', 'prefix', 'type', 'kind', 'policy', 'algorithm', 'name', 'enabled', 'required'],
  ...['expires', 'expiry', 'lifetime', 'attempts', 'consent', 'accepted'],
])

/** So many names are remembered; those of most programs are fewer. */
const most = 4_000
const known = new Map<string, boolean>()

/**
 * Whether the value behind a name is a secret, as the name alone tells, in whatever way it is spelled: `apiKey`, `API_KEY` and
 * `x-api-key` alike.
 */
export function isSecretName(name: string): boolean {
  const found = known.get(name)
  if (found !== undefined) return found
  const tells = tellsOfSecret(name)
  if (known.size < most) known.set(name, tells)
  return tells
}

function tellsOfSecret(name: string): boolean {
  // Longer ones are no names that a program gives.
  if (name.length > 100) return false
  const words = name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  const last = words.at(-1) ?? ''
  if (about.has(last)) return false
  if (atEnd.has(last.replace(/\d+$/, ''))) return true
  return words.some((word, index) => {
    if (always.has(word.replace(/\d+$/, ''))) return true
    const before = words[index - 1] ?? ''
    return word === 'id' ? before === 'session' : (word === 'key' || word === 'keys') && beforeKey.has(before)
  })
}
