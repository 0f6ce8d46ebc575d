import type { ActiveDefinition, DefinitionSource } from './active-definition.ts'
import type { CodeDefinitions } from './code-definitions.ts'

/** All definitions and groups of an app, as they are now. */
export interface DefinitionBook {
  /** Another number after each change. */
  readonly version: () => number
  readonly definitions: () => readonly ActiveDefinition[]
  readonly find: (name: string) => ActiveDefinition | undefined
  /** The names of the definitions that names stand for, those of groups in their places; also of those switched off. */
  readonly members: (names: readonly string[]) => readonly string[]
  /** The definitions that names stand for, those of groups in their places; each once. */
  readonly resolve: (names: readonly string[]) => readonly ActiveDefinition[]
  /** Whether a name is that of a definition or a group, also of one that is switched off. */
  readonly knows: (name: string) => boolean
  /** Names of all definitions and groups. */
  readonly names: () => readonly string[]
  /** Told that credentials have let somebody in. */
  readonly used: (definition: string) => void
}

/** Puts together what the code says and what is stored. */
export function definitionBook(
  code: CodeDefinitions,
  declared: readonly string[],
  stored?: DefinitionSource,
): DefinitionBook {
  let read = Number.NaN
  let all: readonly ActiveDefinition[] = code.definitions
  let byName = new Map(all.map((each) => [each.name, each]))
  let groups: Readonly<Record<string, readonly string[]>> = code.groups

  const version = (): number => {
    const now = stored?.version() ?? 0
    if (now !== read) refresh(now)
    return now
  }
  const refresh = (now: number): void => {
    const off = new Set(stored?.disabled())
    const next = [...code.definitions.filter(({ name }) => !off.has(name)), ...(stored?.definitions() ?? [])]
    const more = Object.entries({ ...code.groups, ...stored?.groups() })
    groups = Object.fromEntries(
      more.map(([name, members]) => {
        const inCode = Object.hasOwn(code.groups, name) ? (code.groups[name] ?? []) : []
        return [name, [...new Set([...inCode, ...members])]]
      }),
    )
    all = next
    byName = new Map(all.map((each) => [each.name, each]))
    // Not before all of it could be read: until then nobody is let in.
    read = now
  }
  const members = (names: readonly string[]): readonly string[] => {
    version()
    return names.flatMap((name) => (Object.hasOwn(groups, name) ? (groups[name] ?? []) : [name]))
  }
  return {
    version,
    definitions: () => {
      version()
      return all
    },
    find: (name) => {
      version()
      return byName.get(name)
    },
    members,
    resolve: (names) => [...new Set(members(names))].flatMap((name) => byName.get(name) ?? []),
    knows: (name) => {
      version()
      return declared.includes(name) || byName.has(name) || Object.hasOwn(groups, name)
    },
    names: () => {
      version()
      return [...new Set([...declared, ...byName.keys(), ...Object.keys(groups)])]
    },
    used: (definition) => stored?.used(definition),
  }
}
