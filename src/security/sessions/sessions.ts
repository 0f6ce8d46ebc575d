import { createHmac, randomBytes } from 'node:crypto'
import type { Attempt } from '../../kernel/attempt.ts'
import { type Awaitable, whenReady } from '../../kernel/chain.ts'
import { addressOf } from '../audit/address-of.ts'
import { digestOf } from '../definitions/secret.ts'
import type { SecurityHost } from '../host.ts'
import type { Person } from '../login/login.ts'
import type { Doer } from '../users/users.ts'
import { isDelicate, refuseCrossSite } from './cross-site.ts'
import type { People } from './people.ts'
import { type SessionCookie, sessionCookies } from './session-cookie.ts'
import type { FullSessionSettings } from './session-settings.ts'
import { type SessionTable, type StoredSession, sessionTable } from './session-table.ts'

/** A session of a browser, as its own pages may know it. */
export interface Session {
  readonly person: Person
  /** What requests show in `X-CSRF-Token`. */
  readonly csrfToken: string
  /** When it ends at the latest, in milliseconds since 1970. */
  readonly expires: number
}

/** A session that has just begun. */
export interface StartedSession extends Session {
  /** The value of the cookie, which is kept nowhere else. */
  readonly id: string
}

/** The sessions of browsers. What one process ends is over in all of them. */
export interface Sessions {
  /** The cookie for whoever asks by this way. */
  readonly cookie: (attempt: Pick<Attempt, 'origin'>) => SessionCookie
  /** Begins a session with a new id, whatever the browser has sent, and ends the one that it had. */
  readonly start: (attempt: Attempt, person: Person) => StartedSession
  /**
   * The session of a request, where it has one that goes on.
   *
   * @throws Problem `cross_site_request` for a request that another site may have made the browser send
   */
  readonly find: (attempt: Attempt) => Awaitable<Session | undefined>
  /** Ends the session of a request. */
  readonly end: (attempt: Attempt) => void
  /** Ends all sessions of somebody, and says how many there were. */
  readonly endAll: (username: string, by?: Doer) => number
  readonly close: () => void
}

/** 256 bits, as base64url. */
const idLength = 43

/** Using a session is written down at most so often, in milliseconds. */
const touchEvery = 60_000

/** Sessions that are over are removed at most so often, in milliseconds. */
const sweepEvery = 600_000

/** The sessions of an app; nothing is opened before there is one. */
export function createSessions(
  { data, clock, report }: Pick<SecurityHost, 'data' | 'clock' | 'report'>,
  settings: FullSessionSettings,
  people: People,
): Sessions {
  const cookie = sessionCookies(settings)
  const every = Math.min(touchEvery, settings.idle / 4)
  let opened: SessionTable | undefined
  let swept = Number.NEGATIVE_INFINITY
  const table = (): SessionTable => {
    opened ??= sessionTable(data)
    return opened
  }
  const now = (): number => clock.now().getTime()

  const idOf = (attempt: Attempt): string | undefined => {
    const id = attempt.cookies[cookie(attempt).name]
    return id?.length === idLength ? id : undefined
  }
  const endOne = (attempt: Attempt, { digest, person: { username } }: StoredSession, detail: string): void => {
    // Of two that end it at once, one tells of it.
    if (table().delete(digest)) tell('session.ended', attempt, username, detail)
  }
  const tell = (type: string, attempt: Attempt, username: string, detail?: string): void =>
    report({
      ...{ type, cid: attempt.cid, username },
      ...addressOf(attempt),
      ...(detail !== undefined && { detail }),
    })
  const stored = (attempt: Attempt, id: string): StoredSession | undefined => {
    const session = table().find(digestOf(id))
    if (session === undefined) return undefined
    const time = now()
    if (time < session.began + settings.lifetime && time < session.seen + settings.idle) return session
    endOne(attempt, session, 'It has expired')
    return undefined
  }
  const sweep = (time: number): void => {
    if (time < swept + sweepEvery) return
    swept = time
    table().sweep({ seen: time - settings.idle, began: time - settings.lifetime })
  }
  const shown = (id: string, person: Person, began: number): StartedSession => {
    return {
      ...{ id, person, expires: began + settings.lifetime },
      get csrfToken() {
        return tokenOf(id)
      },
    }
  }

  return {
    cookie,
    start: (attempt, person) => {
      const time = now()
      sweep(time)
      const before = idOf(attempt)
      const old = before === undefined ? undefined : table().find(digestOf(before))
      if (old !== undefined) endOne(attempt, old, 'Another one has begun')
      const id = randomBytes(32).toString('base64url')
      people.loggedIn(person)
      table().insert({ digest: digestOf(id), person, began: time, seen: time })
      tell('session.started', attempt, person.username)
      return shown(id, person, time)
    },
    find: (attempt) => {
      const id = idOf(attempt)
      const session = id === undefined ? undefined : stored(attempt, id)
      if (id === undefined || session === undefined) return undefined
      if (isDelicate(attempt)) refuseCrossSite(attempt, settings.trustedOrigins, tokenOf(id))
      return whenReady(people.current(session.person), (person) => {
        if (person === undefined) {
          endOne(attempt, session, 'Its owner may log in no more, or has to do so anew')
          return undefined
        }
        const time = now()
        if (time >= session.seen + every) table().touch(session.digest, time)
        return shown(id, person, session.began)
      })
    },
    end: (attempt) => {
      const id = idOf(attempt)
      const session = id === undefined ? undefined : table().find(digestOf(id))
      if (session !== undefined) endOne(attempt, session, 'Logged out')
    },
    endAll: (username, { cid, ...by } = {}) => {
      const ended = table().deleteOf(username)
      if (ended > 0) report({ type: 'session.ended', cid, ...by, username, detail: `All that there were: ${ended}` })
      return ended
    },
    close: () => opened?.close(),
  }
}

/** It follows from the id, so that only whoever has that can make it, and cannot be turned back into the id. */
function tokenOf(id: string): string {
  return createHmac('sha256', id).update('csrf').digest('base64url')
}
