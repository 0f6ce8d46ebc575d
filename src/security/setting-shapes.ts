import { anonymousName } from './definitions/code-definitions.ts'
import type { SecuritySettings } from './settings.ts'

/**
 * What is no setting at all, as whole sentences that say how to mend it: for apps that no compiler has looked at, and
 * for variables that are read in the code and are not set.
 */
export function shapeFaults(settings: SecuritySettings): readonly string[] {
  const { security = {}, roles = {}, defaultSecurity, denyByDefault, login } = settings
  if (!isRecord(security)) return ["'security' of the app has no names: write one such as { hr: basic({ … }) }"]
  if (!isRecord(roles)) return ["'roles' has no names: write one such as { clerk: ['orders:read'] }"]
  return [
    ...Object.entries(security).flatMap(([name, said]) => entryFaults(name, said)),
    ...Object.entries(roles).flatMap(([name, said]) => {
      const permissions = isRecord(said) ? (said.permissions ?? []) : said
      return isTexts(permissions) ? [] : [`roles.${name} is no list of permissions: write one such as ['orders:read']`]
    }),
    ...(defaultSecurity === undefined || defaultSecurity === false || isTexts([defaultSecurity].flat())
      ? []
      : ['defaultSecurity is neither a name, nor a list of names, nor false: give it one of these']),
    ...(denyByDefault === undefined || typeof denyByDefault === 'boolean'
      ? []
      : ['denyByDefault is neither true nor false: give it one of these']),
    ...(login === undefined || (isRecord(login) && typeof login.verify === 'function')
      ? []
      : ["'login' does not say who people are: make it with login({ verify })"]),
  ]
}

function entryFaults(name: string, said: unknown): readonly string[] {
  const what = `security.${name}`
  if (name === anonymousName)
    return [`security has an entry 'anonymous', which stands for callers without credentials: give it another name`]
  if (Array.isArray(said)) return isTexts(said) ? [] : [`${what} has what is no name in it: groups are lists of names`]
  if (!isRecord(said) || typeof said.kind !== 'string' || !kinds.includes(said.kind))
    return [
      `${what} is no definition: make it with basic(), apiKey(), bearer(), session() or mutualTls(), or give a list of names`,
    ]
  return [
    ...kindFaults(what, said),
    ...['roles', 'scopes', 'permissions'].flatMap((member) =>
      said[member] === undefined || isTexts(said[member])
        ? []
        : [`${what}.${member} is no list of texts: write one such as ['reader']`],
    ),
    ...(said.enabled === undefined || typeof said.enabled === 'boolean'
      ? []
      : [`${what}.enabled is neither true nor false: give it one of these`]),
  ]
}

const kinds: readonly string[] = ['basic', 'apiKey', 'bearer', 'session', 'mutualTls']
const places: readonly unknown[] = [undefined, 'header', 'query', 'cookie']

function kindFaults(what: string, { kind, ...said }: Readonly<Record<string, unknown>>): readonly string[] {
  if (kind === 'basic')
    return [...usernameFaults(what, said.username), ...secretFaults(what, 'password', said.password)]
  if (kind === 'apiKey')
    return [
      ...secretFaults(what, 'key', said.key),
      ...(places.includes(said.in) ? [] : [`${what}.in is '${said.in}': take 'header', 'query' or 'cookie'`]),
    ]
  return kind === 'bearer' && said.token !== undefined ? secretFaults(what, 'token', said.token) : []
}

function usernameFaults(what: string, username: unknown): readonly string[] {
  if (typeof username !== 'string' || username === '') return [`${what} has no username: give it one`]
  // RFC 7617, 2: a colon ends the user name.
  return username.includes(':') ? [`${what} has a colon in its username, which nobody can send: leave it out`] : []
}

function secretFaults(what: string, member: string, said: unknown): readonly string[] {
  const texts = [said].flat()
  if (said === undefined || texts.length === 0)
    return [`${what} has no ${member}: give it one, such as '\${NAME}', which takes an environment variable`]
  if (!isTexts(texts)) return [`${what}.${member} is no text: give it one, or a list of them`]
  if (texts.some(isVariableWritten))
    return [`${what}.${member} looks like an environment variable, but is none: write it as '\${NAME}'`]
  return []
}

/** `$NAME`, or `${…}` around what is no name; a secret that really is one comes out of a variable. */
function isVariableWritten(text: string): boolean {
  return /^(?:\$[A-Z][A-Z0-9_]*|%[A-Z][A-Z0-9_]*%|\$\{(?![A-Za-z_][A-Za-z0-9_]*(?::-[^}]*)?\})[^}]*\})$/.test(text)
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
