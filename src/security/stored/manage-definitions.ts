import type { DatabaseSync } from 'node:sqlite'
import { problem } from '../../kernel/problem.ts'
import type { Definition, Grants } from '../definitions/definition.ts'
import type { Doer } from '../users/users.ts'
import { changedSettings, refusedInput } from './definition-input.ts'
import type { DefinitionManager, GivenGrants, WithSecret } from './definition-manager.ts'
import { codeView, type DefinitionView, storedView } from './definition-view.ts'
import type { ManagerParts } from './manager-parts.ts'
import { hasSecret, type NewSecret, newSecret } from './new-secret.ts'
import { type Kind, readSecurity, type StoredDefinition, writeDefinition, writeSecret } from './stored-definition.ts'
import { definitionOf } from './stored-source.ts'

/** So many secrets of one definition count at once, at the most. */
const mostSecrets = 4

/** Makes it. */
export function definitionManager(parts: ManagerParts): DefinitionManager {
  const { clock, report, file, uses, definitions: declared, faultsOf } = parts
  const time = (): number => clock.now().getTime()
  const inCode = (name: string): boolean => Object.hasOwn(declared, name)
  const tell = (type: string, name: string, { cid, ...by }: Doer, detail?: string): void =>
    report({ type, cid, ...by, subject: `definition:${name}`, ...(detail !== undefined && { detail }) })

  /** All definitions, each with a function that shows it. */
  const shown = (): ReadonlyMap<string, () => DefinitionView> => {
    const { definitions, groups, off } = readSecurity(file.reading())
    const last = uses.read()
    const now = time()
    const groupsOf = groupsByMember([
      ...Object.entries(parts.groups),
      ...[...groups].map(([name, each]) => [name, each.members] as const),
    ])
    const beside = (name: string) => ({ groups: groupsOf(name), lastUsed: last.get(name), now })
    const enabled = (name: string, said: Definition): boolean =>
      said.enabled !== false && !off.has(name) && !parts.unset.includes(name)
    return new Map([
      ...Object.entries(declared).map(
        ([name, said]) => [name, () => codeView(name, said, enabled(name, said), beside(name))] as const,
      ),
      ...definitions
        .filter(({ name }) => !inCode(name))
        .map((each) => [each.name, () => storedView(each, beside(each.name))] as const),
    ])
  }
  const read = (name: string): DefinitionView => {
    const show = shown().get(name)
    if (show === undefined) throw noSuch(name)
    return show()
  }
  /** The stored definition, for a change of it. */
  const stored = (name: string, db: DatabaseSync | undefined = file.reading()): StoredDefinition => {
    if (inCode(name)) throw problem('conflict', `${name} is in the code: change it there, or disable it`)
    const found = readSecurity(db).definitions.find((each) => each.name === name)
    if (found === undefined) throw noSuch(name)
    return found
  }
  const assertSound = (each: Pick<StoredDefinition, 'name' | 'kind' | 'settings' | 'grants'>): void => {
    const [fault] = faultsOf(each.name, definitionOf(each))
    if (fault !== undefined) throw refusedInput([], fault)
  }
  const assertUsername = (name: string, kind: Kind, username: unknown, all: readonly StoredDefinition[]): void => {
    if (kind !== 'basic') return
    const same = (said: object): boolean =>
      'username' in said && typeof said.username === 'string' && said.username.normalize('NFC') === username
    const other =
      all.find((each) => each.name !== name && each.kind === 'basic' && same(each.settings))?.name ??
      Object.entries(declared).find(([, said]) => said.kind === 'basic' && same(said))?.[0]
    if (other !== undefined) throw problem('conflict', `The definition ${other} has the user name ${username} already`)
  }

  const newlyMade = async (kind: Kind, password: string | undefined): Promise<NewSecret> => {
    const made = await newSecret(kind, password, time())
    if (made.text !== undefined) parts.declareSecret(made.text)
    return made
  }

  return {
    list: () => [...shown().values()].map((show) => show()),
    read,
    create: async ({ name, kind, settings = {}, password, enabled = true, ...given }, by) => {
      const said = changedSettings(kind, kind === 'basic' ? { username: name } : {}, settings)
      assertSound({ name, kind, settings: said, grants: granted({}, given) })
      if (password !== undefined && kind !== 'basic')
        throw refusedInput(['password'], 'goes with basic definitions only')
      const made = hasSecret(kind, said) ? await newlyMade(kind, password) : undefined
      file.change((db) => {
        const { definitions, groups } = readSecurity(db)
        const taken = inCode(name) || definitions.some((each) => each.name === name)
        if (taken) throw problem('conflict', `There is a definition ${name} already`)
        if (Object.hasOwn(parts.groups, name) || groups.get(name)?.created !== undefined)
          throw problem('conflict', `There is a group ${name} already`)
        if (name === 'anonymous') throw problem('conflict', 'anonymous stands for callers without credentials')
        assertUsername(name, kind, said.username, definitions)
        // What is left of one that was in the code under its name.
        forget(db, name)
        const now = time()
        writeDefinition(db, {
          ...{ name, kind, enabled, created: now, changed: now },
          settings: said,
          grants: granted({}, given),
        })
        if (made !== undefined) writeSecret(db, name, made.stored)
      })
      tell('definition.created', name, by, kind)
      return withSecret(read(name), made?.text)
    },
    change: (name, { settings, ...given }, by) => {
      const changed = file.change((db) => {
        const before = stored(name, db)
        const said = settings === undefined ? before.settings : changedSettings(before.kind, before.settings, settings)
        // Where the client has a secret of its own it keeps it, and another kind of token has none.
        if (hasSecret(before.kind, said) !== hasSecret(before.kind, before.settings))
          throw problem('conflict', `${name} is of another kind of token: make a new definition`)
        const username = before.kind === 'basic' ? { username: said.username ?? name } : {}
        assertUsername(name, before.kind, said.username ?? name, readSecurity(db).definitions)
        const after = { ...before, settings: { ...said, ...username }, grants: granted(before.grants, given) }
        assertSound(after)
        writeDefinition(db, { ...after, changed: time() })
        return Object.entries({ settings, ...given }).flatMap(([member, value]) =>
          value === undefined ? [] : [member],
        )
      })
      tell('definition.changed', name, by, changed.join(', '))
      return read(name)
    },
    switchTo: (enabled, name, by) => {
      const before = read(name)
      if (enabled && (declared[name]?.enabled === false || parts.unset.includes(name)))
        throw problem('conflict', `${name} is switched off in the code: switch it on there`)
      if (before.enabled === enabled) return before
      file.change((db) => {
        if (!inCode(name)) writeDefinition(db, { ...stored(name, db), enabled, changed: time() })
        else if (enabled) db.prepare('DELETE FROM switched_off WHERE name = ?').run(name)
        else db.prepare('INSERT OR IGNORE INTO switched_off VALUES (?)').run(name)
      })
      tell(enabled ? 'definition.enabled' : 'definition.disabled', name, by)
      return read(name)
    },
    rotate: async (name, { until, password }, by) => {
      const { kind, settings } = stored(name)
      if (!hasSecret(kind, settings)) throw problem('conflict', `${name} has no secret of its own`)
      if (password !== undefined && kind !== 'basic')
        throw refusedInput(['password'], 'goes with basic definitions only')
      const ends = until === undefined ? undefined : Date.parse(until)
      if (ends !== undefined && !(ends > time())) throw refusedInput(['until'], 'has passed')
      const made = await newlyMade(kind, password)
      file.change((db) => {
        const before = stored(name, db)
        const now = time()
        if (ends === undefined) db.prepare('DELETE FROM secrets WHERE definition = ?').run(name)
        else {
          db.prepare('DELETE FROM secrets WHERE definition = ? AND until <= ?').run(name, now)
          db.prepare('UPDATE secrets SET until = min(ifnull(until, ?), ?) WHERE definition = ?').run(ends, ends, name)
        }
        const left = Number(db.prepare('SELECT count(*) AS n FROM secrets WHERE definition = ?').get(name)?.n)
        if (left >= mostSecrets)
          throw problem('conflict', `${left} secrets of ${name} count already: rotate it without until to end them`)
        writeSecret(db, name, made.stored)
        writeDefinition(db, { ...before, changed: now })
      })
      const detail = ends === undefined ? undefined : `the secrets before count until ${new Date(ends).toISOString()}`
      tell('definition.rotated', name, by, detail)
      return withSecret(read(name), made.text)
    },
    delete: (name, by) => {
      file.change((db) => {
        stored(name, db)
        db.prepare('DELETE FROM definitions WHERE name = ?').run(name)
        forget(db, name)
      })
      tell('definition.deleted', name, by)
    },
  }
}

/** The groups that a definition is in, by its name. */
function groupsByMember(
  groups: readonly (readonly [string, readonly string[]])[],
): (name: string) => readonly string[] {
  const found = new Map<string, Set<string>>()
  for (const [group, members] of groups) {
    for (const each of members) {
      const all = found.get(each) ?? new Set()
      found.set(each, all.add(group))
    }
  }
  return (name) => [...(found.get(name) ?? [])]
}

function noSuch(name: string): Error {
  return problem('not_found', `There is no definition ${name}`)
}

function withSecret(view: DefinitionView, secret: string | undefined): WithSecret {
  return secret === undefined ? view : { ...view, secret }
}

function granted(
  before: Omit<Grants, 'enabled'>,
  { roles = before.roles, scopes = before.scopes, permissions = before.permissions, limit = before.limit }: GivenGrants,
): Omit<Grants, 'enabled'> {
  return {
    ...(roles !== undefined && { roles }),
    ...(scopes !== undefined && { scopes }),
    ...(permissions !== undefined && { permissions }),
    ...(limit !== undefined && limit !== null && { limit }),
  }
}

/** Takes a definition out of all that names it. */
function forget(db: DatabaseSync, name: string): void {
  db.prepare('DELETE FROM members WHERE definition = ?').run(name)
  db.prepare('DELETE FROM switched_off WHERE name = ?').run(name)
  db.prepare('DELETE FROM uses WHERE name = ?').run(name)
}
