import type { DatabaseSync } from 'node:sqlite'
import { StartupError } from '../../kernel/startup-error.ts'
import type { Definition, Grants } from '../definitions/definition.ts'

/** The kinds of definitions. */
export type Kind = Definition['kind']

/** A secret as it is kept: an argon2id hash of a password, or the SHA-256 of a key or token. */
export interface StoredSecret {
  readonly hash: string
  /** What a key or token begins with, for finding it. */
  readonly prefix?: string
  /** Milliseconds since 1970. */
  readonly created: number
  /** Until when it counts, in milliseconds since 1970; for ever if it is not given. */
  readonly until?: number
}

/** What a definition says beside what it grants, by its kind; what is secret in it, too. */
export type StoredSettings = Readonly<Record<string, unknown>>

/** A definition as it is kept. */
export interface StoredDefinition {
  readonly name: string
  readonly kind: Kind
  readonly settings: StoredSettings
  readonly grants: Omit<Grants, 'enabled'>
  readonly enabled: boolean
  /** Milliseconds since 1970. */
  readonly created: number
  /** Milliseconds since 1970. */
  readonly changed: number
  readonly secrets: readonly StoredSecret[]
}

/** All that is kept. */
export interface KeptSecurity {
  readonly definitions: readonly StoredDefinition[]
  readonly groups: ReadonlyMap<string, StoredGroup>
  /** Names of definitions from the code that are switched off. */
  readonly off: ReadonlySet<string>
}

/** A group as it is kept: its members, and when it was made where it is not one of the code's. */
export interface StoredGroup {
  readonly members: readonly string[]
  readonly created?: number
}

type Row = Readonly<Record<string, unknown>>

const nothing: KeptSecurity = { definitions: [], groups: new Map(), off: new Set() }

/**
 * Reads all that is kept, in the order of names.
 *
 * @throws StartupError for a file that was written by something else, with its path.
 */
export function readSecurity(db: DatabaseSync | undefined): KeptSecurity {
  if (db === undefined) return nothing
  try {
    return kept(db)
  } catch (cause) {
    const mend = 'put back a backup, or move it away to begin anew'
    const path = db.location() ?? 'security.db'
    throw new StartupError([`${path} holds other things than security definitions: ${mend}`], { cause })
  }
}

function kept(db: DatabaseSync): KeptSecurity {
  const secrets = Map.groupBy(db.prepare('SELECT * FROM secrets ORDER BY id').all(), ({ definition }) => definition)
  const members = Map.groupBy(db.prepare('SELECT * FROM members ORDER BY rowid').all(), (row) => String(row.group_name))
  const made = db.prepare('SELECT * FROM groups ORDER BY name').all()
  const groups = new Map<string, StoredGroup>(
    made.map(({ name, created }) => [String(name), { members: [], created: Number(created) }]),
  )
  for (const [name, rows] of members) {
    groups.set(name, { ...groups.get(name), members: rows.map(({ definition }) => String(definition)) })
  }
  return {
    definitions: db
      .prepare('SELECT * FROM definitions ORDER BY name')
      .all()
      .map((row) => definitionOf(row, secrets.get(row.name ?? '') ?? [])),
    groups,
    off: new Set(
      db
        .prepare('SELECT name FROM switched_off')
        .all()
        .map(({ name }) => String(name)),
    ),
  }
}

const kinds: readonly Kind[] = ['basic', 'apiKey', 'bearer', 'session', 'mutualTls']

function definitionOf(row: Row, secrets: readonly Row[]): StoredDefinition {
  const kind = kinds.find((each) => each === row.kind)
  if (kind === undefined) throw new TypeError(`${row.name} is of the kind ${row.kind}`)
  return {
    name: String(row.name),
    kind,
    settings: JSON.parse(String(row.settings)),
    grants: JSON.parse(String(row.grants)),
    enabled: row.enabled === 1,
    created: Number(row.created),
    changed: Number(row.changed),
    secrets: secrets.map(secretOf),
  }
}

function secretOf({ hash, prefix, created, until }: Row): StoredSecret {
  return {
    hash: String(hash),
    created: Number(created),
    ...(prefix !== null && { prefix: String(prefix) }),
    ...(until !== null && { until: Number(until) }),
  }
}

/** Writes a definition that is new, or in the place of the one that has its name; its secrets stay as they are. */
export function writeDefinition(db: DatabaseSync, each: Omit<StoredDefinition, 'secrets'>): void {
  const { name, kind, settings, grants, enabled, created, changed } = each
  const username = kind === 'basic' ? String(settings.username) : null
  db.prepare(
    `INSERT INTO definitions VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET username = excluded.username,
      settings = excluded.settings, grants = excluded.grants, enabled = excluded.enabled, changed = excluded.changed`,
  ).run(name, kind, username, JSON.stringify(settings), JSON.stringify(grants), Number(enabled), created, changed)
}

/** Adds a secret to a definition. */
export function writeSecret(db: DatabaseSync, definition: string, { hash, prefix, created }: StoredSecret): void {
  db.prepare('INSERT INTO secrets (definition, hash, prefix, created) VALUES (?, ?, ?, ?)').run(
    ...[definition, hash, prefix ?? null, created],
  )
}
