import { randomBytes } from 'node:crypto'
import { problem } from '../../kernel/problem.ts'
import type { SecurityHost } from '../host.ts'
import { hashPassword, needsRehash, verifyPassword } from '../passwords/password-hash.ts'
import { passwordFaults } from '../passwords/password-policy.ts'
import { userNameFault } from './user-name.ts'
import { type StoredUser, type UserTable, userTable } from './user-table.ts'
import type { Doer, User, UserChange, UserSettings, Users } from './users.ts'

/** How many users a page of them has, if nothing else is asked for. */
const pageSize = 50

/** The stored users of an app; nothing is opened before one of them is asked for. */
export function createUsers(
  { data, clock, report }: Pick<SecurityHost, 'data' | 'clock' | 'report'>,
  { passwords }: UserSettings = {},
): Users {
  let opened: UserTable | undefined
  const table = (): UserTable => {
    opened ??= userTable(data)
    return opened
  }
  const now = (): string => clock.now().toISOString()
  const tell = (type: string, username: string, by: Doer = {}, detail?: string): void => {
    const { cid, ...doer } = by
    report({ type, cid, ...doer, subject: `user:${username}`, ...(detail !== undefined && { detail }) })
  }

  return {
    create: async ({ password, roles = [], scopes = [], enabled = true, ...given }, by) => {
      const username = given.username.normalize('NFKC')
      const wrong = userNameFault(username)
      const findings = [
        ...(wrong === undefined ? [] : [finding('username', wrong)]),
        ...passwordFaults(password, passwords, { username }).map((fault) => finding('password', fault)),
      ]
      if (findings.length > 0) throw problem('invalid_input', undefined, { findings })
      const hash = await hashPassword(password)
      const at = now()
      const rights = { roles, scopes, enabled, stamp: stamp() }
      const user = { username, hash, ...rights, created: at, changed: at, lastLogin: undefined }
      if (!table().insert(user)) throw problem('conflict', `The user name ${username} is taken`)
      tell('user.created', username, by)
      return shown(user)
    },
    find: (username) => {
      const user = table().find(username)
      return user && shown(user)
    },
    list: ({ search = '', limit = pageSize, after = '' } = {}) => {
      // One more than asked for tells whether there is another page.
      const found = table().list(search, after, limit + 1)
      const users = found.slice(0, limit).map(shown)
      return { users, next: found.length > limit ? users.at(-1)?.username : undefined }
    },
    change: async (username, change, by) => {
      const before = table().find(username)
      if (before === undefined) return undefined
      const { password } = change
      const faults = password === undefined ? [] : passwordFaults(password, passwords, { username: before.username })
      if (faults.length > 0)
        throw problem('invalid_input', undefined, { findings: faults.map((fault) => finding('password', fault)) })
      const hash = password === undefined ? undefined : await hashPassword(password)
      let enabled = before.enabled
      const user = table().update(username, (current) => {
        enabled = current.enabled
        return changed(current, change, hash, now())
      })
      if (user === undefined) return undefined
      const members = (['password', 'roles', 'scopes'] as const).filter((name) => change[name] !== undefined)
      if (members.length > 0) tell('user.changed', user.username, by, members.join(', '))
      if (user.enabled !== enabled) tell(user.enabled ? 'user.enabled' : 'user.disabled', user.username, by)
      return shown(user)
    },
    delete: (username, by) => {
      const gone = table().delete(username)
      if (gone) tell('user.deleted', username.normalize('NFKC'), by)
      return gone
    },
    verify: async ({ username, password }) => {
      const known = table().find(username)
      const right = await verifyPassword(known?.hash, password)
      if (known === undefined || !right || !known.enabled) return undefined
      const hash = needsRehash(known.hash) ? await hashPassword(password) : known.hash
      let good = false
      const user = table().update(username, (current) => {
        // It may have been changed or switched off while the password was looked at.
        good = current.enabled && current.stamp === known.stamp
        return good ? { ...current, hash, lastLogin: now() } : current
      })
      return user !== undefined && good ? shown(user) : undefined
    },
    close: () => opened?.close(),
  }
}

function changed(user: StoredUser, change: UserChange, hash: string | undefined, at: string): StoredUser {
  const { roles = user.roles, scopes = user.scopes, enabled = user.enabled } = change
  const ends = hash !== undefined || (user.enabled && !enabled)
  return { ...user, roles, scopes, enabled, hash: hash ?? user.hash, changed: at, stamp: ends ? stamp() : user.stamp }
}

function stamp(): string {
  return randomBytes(12).toString('base64url')
}

function shown({ hash: _, ...user }: StoredUser): User {
  return user
}

function finding(member: string, message: string) {
  return { in: 'body', path: `/${member}`, code: 'invalid', message } as const
}
