import type { DatabaseSync } from 'node:sqlite'
import { problem } from '../../kernel/problem.ts'
import type { Doer } from '../users/users.ts'
import { refusedInput } from './definition-input.ts'
import type { ManagerParts } from './manager-parts.ts'
import { readSecurity } from './stored-definition.ts'

/** A group as administrators see it. */
export interface GroupView {
  readonly name: string
  /** Where it comes from; one of the code can get members in addition, and not be deleted. */
  readonly source: 'code' | 'stored'
  /** Names of definitions, those from the code first; nobody is let in by an empty group. */
  readonly members: readonly string[]
  /** When it was made, as an ISO 8601 text in UTC; unknown of those in the code. */
  readonly created?: string
}

/** Makes and changes groups while the app runs. All of it throws problems: `not_found`, `conflict`, `invalid_input`. */
export interface GroupManager {
  /** All groups, those of the code first. */
  readonly list: () => readonly GroupView[]
  readonly read: (name: string) => GroupView
  readonly create: (given: { readonly name: string; readonly members: readonly string[] }, by: Doer) => GroupView
  readonly addMember: (name: string, definition: string, by: Doer) => GroupView
  readonly removeMember: (name: string, definition: string, by: Doer) => GroupView
  readonly delete: (name: string, by: Doer) => void
}

/** Makes it. */
export function groupManager({ clock, report, file, groups: inCode, definitions }: ManagerParts): GroupManager {
  const tell = (type: string, name: string, { cid, ...by }: Doer, detail?: string): void =>
    report({ type, cid, ...by, subject: `group:${name}`, ...(detail !== undefined && { detail }) })
  const list = (db: DatabaseSync | undefined = file.reading()): readonly GroupView[] => {
    const { groups } = readSecurity(db)
    return [
      ...Object.entries(inCode).map(([name, members]): GroupView => {
        return { name, source: 'code', members: [...new Set([...members, ...(groups.get(name)?.members ?? [])])] }
      }),
      ...[...groups].flatMap(([name, { members, created }]): GroupView[] => {
        if (created === undefined || Object.hasOwn(inCode, name)) return []
        return [{ name, source: 'stored', members, created: new Date(created).toISOString() }]
      }),
    ]
  }
  const read = (name: string, db?: DatabaseSync): GroupView => {
    const found = list(db).find((each) => each.name === name)
    if (found === undefined) throw problem('not_found', `There is no group ${name}`)
    return found
  }
  const assertDefinition = (db: DatabaseSync, definition: string, path: readonly PropertyKey[]): void => {
    if (Object.hasOwn(definitions, definition)) return
    if (readSecurity(db).definitions.some(({ name }) => name === definition)) return
    throw refusedInput(path, `is no definition: there is no ${definition}`)
  }
  const add = (db: DatabaseSync, group: string, definition: string): void => {
    db.prepare('INSERT INTO members VALUES (?, ?)').run(group, definition)
  }

  return {
    list,
    read,
    create: ({ name, members }, by) => {
      file.change((db) => {
        if (list(db).some((each) => each.name === name)) throw problem('conflict', `There is a group ${name} already`)
        if (name === 'anonymous') throw problem('conflict', 'anonymous stands for callers without credentials')
        const { definitions: stored } = readSecurity(db)
        if (Object.hasOwn(definitions, name) || stored.some((each) => each.name === name))
          throw problem('conflict', `There is a definition ${name} already`)
        for (const [index, each] of members.entries()) {
          assertDefinition(db, each, ['members', index])
          if (members.indexOf(each) !== index) throw refusedInput(['members', index], 'is there twice')
        }
        db.prepare('DELETE FROM members WHERE group_name = ?').run(name)
        db.prepare('INSERT INTO groups VALUES (?, ?)').run(name, clock.now().getTime())
        for (const each of members) add(db, name, each)
      })
      tell('group.created', name, by, members.join(', ') || undefined)
      return read(name)
    },
    addMember: (name, definition, by) => {
      file.change((db) => {
        const { members } = read(name, db)
        assertDefinition(db, definition, ['definition'])
        if (members.includes(definition)) throw problem('conflict', `${definition} is in ${name} already`)
        add(db, name, definition)
      })
      tell('group.member-added', name, by, definition)
      return read(name)
    },
    removeMember: (name, definition, by) => {
      file.change((db) => {
        if (!read(name, db).members.includes(definition)) throw problem('not_found', `${definition} is not in ${name}`)
        if (Object.hasOwn(inCode, name) && inCode[name]?.includes(definition) === true)
          throw problem('conflict', `${definition} is in ${name} by the code: take it out there`)
        db.prepare('DELETE FROM members WHERE group_name = ? AND definition = ?').run(name, definition)
      })
      tell('group.member-removed', name, by, definition)
      return read(name)
    },
    delete: (name, by) => {
      file.change((db) => {
        if (read(name, db).source === 'code') throw problem('conflict', `${name} is in the code: change it there`)
        db.prepare('DELETE FROM groups WHERE name = ?').run(name)
        db.prepare('DELETE FROM members WHERE group_name = ?').run(name)
      })
      tell('group.deleted', name, by)
    },
  }
}
