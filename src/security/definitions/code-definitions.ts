import { nearest } from '../../kernel/nearest.ts'
import { isList } from '../../kernel/one-or-many.ts'
import type { SecurityHost } from '../host.ts'
import type { SecuritySettings } from '../settings.ts'
import type { ActiveDefinition } from './active-definition.ts'
import type { Definition } from './definition.ts'
import { filledFrom } from './environment-text.ts'
import { digestOf, digestSecret, type Secret } from './secret.ts'

/** The definitions and groups that the code or the configuration file gives. */
export interface CodeDefinitions {
  readonly definitions: readonly ActiveDefinition[]
  readonly groups: Readonly<Record<string, readonly string[]>>
  /** What is wrong with them, as whole sentences that say how to mend it. */
  readonly faults: readonly string[]
  /** Definitions that let nobody in, since variables are not set; by their names. */
  readonly unset: Readonly<Record<string, readonly string[]>>
}

/** The name that stands for callers without credentials. */
export const anonymousName = 'anonymous'

/** Reads the `security` of an app. */
export function codeDefinitions(
  settings: SecuritySettings,
  environment: SecurityHost['environment'],
  callerOf: (name: string, definition: Definition) => ActiveDefinition['caller'],
): CodeDefinitions {
  const entries = Object.entries(settings.security ?? {})
  const faults: string[] = []
  const unset: Record<string, readonly string[]> = {}
  const groups: Record<string, readonly string[]> = {}
  const definitions: ActiveDefinition[] = []
  const names = new Set(entries.map(([name]) => name))
  for (const [name, said] of entries) {
    if (isList(said)) {
      groups[name] = said
      faults.push(...groupFaults(name, said, names, settings))
      continue
    }
    faults.push(...nameFaults(name, said))
    const { texts, missing } = secretTexts(said, environment)
    if (missing.length > 0) unset[name] = missing
    if (missing.length === 0 && texts.some((text) => text === ''))
      faults.push(`security.${name} has an empty secret: give it one, such as from an environment variable`)
    const enabled = said.enabled !== false && missing.length === 0
    const secrets = texts.map((text): Secret => digestSecret(digestOf(text)))
    if (enabled) definitions.push({ name, definition: said, secrets, caller: callerOf(name, said) })
  }
  return { definitions, groups, faults: [...faults, ...duplicateFaults(definitions)], unset }
}

/** The secrets of a definition in plain text, and the variables that they lack. */
function secretTexts(
  definition: Definition,
  environment: SecurityHost['environment'],
): { readonly texts: readonly string[]; readonly missing: readonly string[] } {
  const filled = written(definition).map((text) => filledFrom(environment, text))
  return {
    texts: filled.flatMap((each) => ('text' in each ? [each.text] : [])),
    missing: filled.flatMap((each) => ('missing' in each ? each.missing : [])),
  }
}

/** The secrets of a definition as they are written. */
export function written(definition: Definition): readonly string[] {
  switch (definition.kind) {
    case 'basic':
      return [definition.password].flat()
    case 'apiKey':
      return [definition.key].flat()
    case 'bearer':
      return definition.token === undefined ? [] : [definition.token].flat()
    default:
      return []
  }
}

function groupFaults(
  group: string,
  members: readonly string[],
  names: ReadonlySet<string>,
  { security = {} }: SecuritySettings,
): readonly string[] {
  const twice = members.filter((each, index) => members.indexOf(each) !== index)
  const unknown = members.filter((each) => !names.has(each))
  const nested = members.filter((each) => Array.isArray(security[each]))
  return [
    ...[...new Set(twice)].map((each) => `the group security.${group} has ${each} twice: name it once`),
    ...nested.map((each) => `the group security.${group} has the group ${each} in it: name its definitions instead`),
    ...unknown.map((each) => {
      const meant = nearest(each, [...names])
      return `the group security.${group} has ${each}, which is no definition${meant === undefined ? '' : `: is it ${meant}?`}`
    }),
  ]
}

/** RFC 9110, 5.6.2: another name could not be sent. */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

function nameFaults(name: string, definition: Definition): readonly string[] {
  if (definition.kind !== 'apiKey' || definition.name === undefined || token.test(definition.name)) return []
  return [`security.${name} has its key in '${definition.name}', which is no name: use letters, digits and dashes`]
}

/** Two definitions that no request could tell apart. */
function duplicateFaults(definitions: readonly ActiveDefinition[]): readonly string[] {
  const seen = new Map<string, string>()
  return definitions.flatMap(({ name, definition, secrets }) => {
    const keys =
      definition.kind === 'basic'
        ? [`the user name '${definition.username}'`]
        : secrets.map(({ digest }) => `${definition.kind} ${digest}`)
    return keys.flatMap((key) => {
      const other = seen.get(key)
      seen.set(key, name)
      if (other === undefined || other === name) return []
      const what = definition.kind === 'basic' ? key : 'the same secret'
      return [`security.${other} and security.${name} have ${what}: each client needs its own`]
    })
  })
}
