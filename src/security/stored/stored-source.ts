import type { Caller } from '../../kernel/caller.ts'
import type { Logger } from '../../kernel/logger.ts'
import type { ActiveDefinition, DefinitionSource } from '../definitions/active-definition.ts'
import type { Definition } from '../definitions/definition.ts'
import { digestSecret, type Secret } from '../definitions/secret.ts'
import { verifyPassword } from '../passwords/password-hash.ts'
import type { LastUses } from './last-uses.ts'
import type { SecurityFile } from './security-file.ts'
import { type KeptSecurity, readSecurity, type StoredDefinition, type StoredSecret } from './stored-definition.ts'

/** The definitions of the code, as far as stored ones have to give way to them. */
export interface Declared {
  readonly definitions: Readonly<Record<string, Definition>>
  readonly groups: Readonly<Record<string, readonly string[]>>
}

/** Makes what is kept into definitions that let callers in. */
export function storedSource(
  file: SecurityFile,
  uses: LastUses,
  declared: Declared,
  callerOf: (name: string, definition: Definition) => Caller,
  log: Logger,
): DefinitionSource {
  const hidden = new Set<string>()
  /** The code has got something since that has the same name: it counts, and the stored one waits for another name. */
  const givesWay = (name: string): boolean => {
    if (!Object.hasOwn(declared.definitions, name) && !Object.hasOwn(declared.groups, name)) return false
    if (!hidden.has(name))
      log.warn({ definition: name }, `the stored ${name} does not count: the code has its name, too`)
    hidden.add(name)
    return true
  }
  // All of it is asked for after each change, piece by piece.
  let last: { readonly revision: number; readonly kept: KeptSecurity } | undefined
  const kept = (): KeptSecurity => {
    const revision = file.revision()
    if (last?.revision !== revision) last = { revision, kept: readSecurity(file.reading()) }
    return last.kept
  }
  return {
    version: file.revision,
    definitions: () =>
      kept()
        .definitions.filter(({ name, enabled }) => enabled && !givesWay(name))
        .map((each): ActiveDefinition => {
          const definition = definitionOf(each)
          return {
            name: each.name,
            definition,
            secrets: each.secrets.map((secret) => asSecret(each, secret)),
            caller: callerOf(each.name, definition),
          }
        }),
    groups: () => {
      const { groups } = kept()
      // Members may be left of a group that was in the code.
      const counting = [...groups].filter(
        ([name, { created }]) => Object.hasOwn(declared.groups, name) || (created !== undefined && !givesWay(name)),
      )
      return Object.fromEntries(counting.map(([name, { members }]) => [name, members]))
    },
    disabled: () => [...kept().off],
    used: uses.used,
  }
}

/** A stored definition as code would have it; its secrets are beside it. */
export function definitionOf({
  name,
  kind,
  settings,
  grants,
}: Pick<StoredDefinition, 'name' | 'kind' | 'settings' | 'grants'>): Definition {
  const said = { ...settings, ...grants }
  switch (kind) {
    case 'basic':
      return { ...said, kind, username: String(settings.username ?? name), password: [] }
    case 'apiKey':
      return { ...said, kind, key: [] }
    case 'bearer':
      return { token: [], ...said, ...verbatim(settings), kind }
    default:
      return { ...said, kind }
  }
}

/** Whoever may make definitions may not read the environment by them: `${NAME}` stands for itself. */
function verbatim(settings: StoredDefinition['settings']): object {
  const text = JSON.stringify(settings, (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('${', '$$${') : value,
  )
  return JSON.parse(text)
}

function asSecret({ kind }: StoredDefinition, { hash, until }: StoredSecret): Secret {
  if (kind !== 'basic') return digestSecret(hash, until)
  return { matches: (password) => verifyPassword(hash, password), ...(until !== undefined && { until }) }
}
