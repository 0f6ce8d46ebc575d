import type { SecurityEvent } from '../../kernel/security-event.ts'
import { openStore, type Store, transaction } from '../store/store.ts'

/** An event as it is kept: one row for all that were the same within a moment. */
export interface KeptEvent extends SecurityEvent {
  /** How often it happened. */
  readonly count: number
}

/** Which events to list, the newest first. */
export interface EventQuery {
  /** Such as `call.refused`. */
  readonly type?: string | undefined
  /** The definition that it is about. */
  readonly definition?: string | undefined
  /** None that are older, as an ISO 8601 text. */
  readonly since?: string | undefined
  /** How many at the most; 100 if it is not given. */
  readonly limit?: number | undefined
  /** Where the page before ended. */
  readonly cursor?: string | undefined
}

/** A page of events. */
export interface EventPage {
  readonly events: readonly KeptEvent[]
  /** What to give as `cursor` for the next page; nothing on the last one. */
  readonly next?: string
}

/** Keeps events, up to a number of each type and an age. */
export interface EventStore {
  readonly add: (events: readonly KeptEvent[]) => void
  readonly list: (query: EventQuery) => EventPage
  readonly close: () => void
}

const schema = `
  CREATE TABLE IF NOT EXISTS events (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, type TEXT NOT NULL, definition TEXT, event TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS events_by_type ON events (type, id);
  CREATE INDEX IF NOT EXISTS events_by_definition ON events (definition, id);
  CREATE INDEX IF NOT EXISTS events_by_time ON events (at);
`

/** So many of one type are kept in a file, and so many in memory. */
const most = { file: 100_000, memory: 10_000 }

const oldest = 90 * 24 * 60 * 60 * 1000

/** Makes it; nothing is opened before there is an event. */
export function eventStore(folder: string | undefined, now: () => number): EventStore {
  const kept = folder === undefined ? most.memory : most.file
  let store: Store | undefined
  const db = (): Store['db'] => {
    store ??= openStore(folder, 'audit', schema, { durable: 'normal' })
    return store.db
  }
  return {
    add: (events) => {
      const open = db()
      const insert = open.prepare('INSERT INTO events (at, type, definition, event) VALUES (?, ?, ?, ?)')
      transaction(open, () => {
        for (const each of events) {
          insert.run(Date.parse(each.at), each.type, definitionOf(each) ?? null, JSON.stringify(each))
        }
        // By type: refused calls, of which anybody can make many, must not push out who has changed what.
        const prune = open.prepare(
          'DELETE FROM events WHERE type = ?1 AND id <= (SELECT id FROM events WHERE type = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)',
        )
        for (const type of new Set(events.map((each) => each.type))) prune.run(type, kept)
        open.prepare('DELETE FROM events WHERE at < ?').run(now() - oldest)
      })
    },
    list: ({ type, definition, since, limit = 100, cursor }) => {
      const conditions = [
        ...(type === undefined ? [] : ([['type = ?', type]] as const)),
        ...(definition === undefined ? [] : ([['definition = ?', definition]] as const)),
        ...(since === undefined ? [] : ([['at >= ?', Date.parse(since)]] as const)),
        ...(cursor === undefined ? [] : ([['id < ?', Number(cursor)]] as const)),
      ]
      const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(([sql]) => sql).join(' AND ')}`
      const rows = db()
        .prepare(`SELECT id, event FROM events ${where} ORDER BY id DESC LIMIT ?`)
        .all(...conditions.map(([, value]) => value), limit + 1)
      const page = rows.slice(0, limit)
      return {
        events: page.map(({ event }): KeptEvent => JSON.parse(String(event))),
        ...(rows.length > limit && { next: String(page.at(-1)?.id) }),
      }
    },
    close: () => store?.close(),
  }
}

/** The definition that called, or that was changed. */
function definitionOf({ definition, subject }: KeptEvent): string | undefined {
  return definition ?? (subject?.startsWith('definition:') === true ? subject.slice('definition:'.length) : undefined)
}
