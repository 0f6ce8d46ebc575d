import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { isProblem } from '../../kernel/problem.ts'
import type { SecurityEvent } from '../../kernel/security-event.ts'
import { createUsers } from './create-users.ts'
import { userTable } from './user-table.ts'
import { usersLogin } from './users-login.ts'

const password = 'a good long phrase'

function folder() {
  const path = mkdtempSync(join(tmpdir(), 'trestle-users-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) }
}

function users(data?: string) {
  const events: Omit<SecurityEvent, 'at'>[] = []
  const time = { now: Date.parse('2026-01-01T00:00:00Z') }
  const clock = { now: () => new Date(time.now), elapsed: () => 0 }
  const made = createUsers({ data, clock, report: (event) => events.push(event) })
  return { ...made, time, events, [Symbol.dispose]: () => made.close() }
}

const codeOf = (error: unknown) =>
  isProblem(error) ? [error.code, ...(error.findings ?? []).map(({ path, message }) => `${path} ${message}`)] : error
const refusal = (work: Promise<unknown>) => work.then(() => 'done', codeOf)

describe('stored users', () => {
  test('open no file before one of them is asked for', () => {
    using place = folder()
    const data = join(place.path, 'data')
    using kept = users(data)
    assert.equal(existsSync(data), false)
    assert.equal(kept.find('ada'), undefined)
    assert.equal(existsSync(join(data, 'users.db')), true)
  })

  test('are found by any spelling of their names, and never show a hash', async () => {
    using kept = users()
    const ada = await kept.create({ username: 'A\ufb01', password, roles: ['admin'], scopes: ['read'] })
    assert.deepEqual(
      { ...ada, stamp: '' },
      {
        ...{ username: 'Afi', roles: ['admin'], scopes: ['read'], enabled: true, lastLogin: undefined, stamp: '' },
        ...{ created: '2026-01-01T00:00:00.000Z', changed: '2026-01-01T00:00:00.000Z' },
      },
    )
    assert.deepEqual(
      ['afi', 'AFI', 'a\ufb01'].map((name) => kept.find(name)),
      [ada, ada, ada],
    )
    assert.deepEqual(await refusal(kept.create({ username: 'AFI', password })), ['conflict'])
  })

  test('need a name and a password that will do', async () => {
    using kept = users()
    assert.deepEqual(await refusal(kept.create({ username: ' ada', password: 'short' })), [
      'invalid_input',
      '/username must neither begin nor end with a space',
      '/password must have at least 8 characters',
    ])
    const refused = ['', 'a'.repeat(256), 'a\u0000b', 'a\u202eb', 'a\u200bb', '\ud800']
    for (const username of refused)
      assert.equal(((await refusal(kept.create({ username, password }))) as string[])[0], 'invalid_input')
    assert.deepEqual(kept.list().users, [])
  })

  test('created at once under one name are one', async () => {
    using place = folder()
    using one = users(place.path)
    using other = users(place.path)
    const tries = Array.from({ length: 6 }, (_, at) =>
      refusal((at % 2 === 0 ? one : other).create({ username: at < 3 ? 'ada' : 'Ada', password })),
    )
    const results = await Promise.all(tries)
    assert.equal(results.filter((each) => each === 'done').length, 1)
    assert.equal(results.filter((each) => Array.isArray(each) && each[0] === 'conflict').length, 5)
    assert.deepEqual(one.list(), other.list())
    assert.equal(one.list().users.length, 1)
  })

  test('are listed in pages by name', async () => {
    using kept = users()
    await Promise.all(['bob', 'Ada', 'adam', 'eve'].map((username) => kept.create({ username, password })))
    const names = (query?: Parameters<typeof kept.list>[0]) => {
      const { users: found, next } = kept.list(query)
      return [found.map(({ username }) => username), next]
    }
    assert.deepEqual(names(), [['Ada', 'adam', 'bob', 'eve'], undefined])
    assert.deepEqual(names({ limit: 2 }), [['Ada', 'adam'], 'adam'])
    assert.deepEqual(names({ limit: 2, after: 'adam' }), [['bob', 'eve'], undefined])
    assert.deepEqual(names({ search: 'AD' }), [['Ada', 'adam'], undefined])
    assert.deepEqual(names({ search: '%' }), [[], undefined])
  })

  test('log in with their passwords, as long as they are enabled', async () => {
    using kept = users()
    await kept.create({ username: 'ada', password })
    kept.time.now += 1000
    const verify = (username: string, given: string) => kept.verify({ username, password: given })
    assert.equal((await verify('ADA', password))?.lastLogin, '2026-01-01T00:00:01.000Z')
    assert.equal(kept.find('ada')?.changed, '2026-01-01T00:00:00.000Z')
    assert.deepEqual(await Promise.all([verify('ada', 'another phrase'), verify('bob', password)]), [
      undefined,
      undefined,
    ])
    await kept.change('ada', { enabled: false })
    assert.equal(await verify('ada', password), undefined)
    assert.equal(usersLogin(kept).find?.('ada', undefined as never), undefined)
    await kept.change('ada', { enabled: true })
    assert.equal((await verify('ada', password))?.username, 'ada')
  })

  test('are not let in by a password that is changed while it is looked at', async () => {
    using kept = users()
    await kept.create({ username: 'ada', password })
    const stale = kept.verify({ username: 'ada', password })
    const changed = kept.change('ada', { enabled: false })
    assert.deepEqual([await stale, (await changed)?.enabled], [undefined, false])
  })

  test('get another stamp with what has to end their sessions, and with nothing else', async () => {
    using kept = users()
    const stamps = [(await kept.create({ username: 'ada', password })).stamp]
    const after = async (change: Parameters<typeof kept.change>[1]) => {
      stamps.push((await kept.change('ada', change))?.stamp ?? '')
      return stamps.at(-1) === stamps.at(-2) ? 'same' : 'other'
    }
    assert.equal(await after({ roles: ['admin'], scopes: ['write'] }), 'same')
    assert.equal(await after({ password: 'another good phrase' }), 'other')
    assert.equal(await after({ enabled: false }), 'other')
    assert.equal(await after({ enabled: true }), 'same')
    assert.equal(kept.delete('ADA'), true)
    assert.equal(kept.delete('ada'), false)
    assert.equal(await kept.change('ada', { roles: [] }), undefined)
    const again = await kept.create({ username: 'ada', password })
    assert.equal(stamps.includes(again.stamp), false)
  })

  test('follow the policy when their passwords change', async () => {
    using kept = users()
    const { stamp } = await kept.create({ username: 'ada', password })
    assert.deepEqual(await refusal(kept.change('ada', { password: 'short', roles: ['admin'] })), [
      'invalid_input',
      '/password must have at least 8 characters',
    ])
    assert.deepEqual([kept.find('ada')?.stamp, kept.find('ada')?.roles], [stamp, []])
  })

  test('tell of each change who has made it, and never a secret', async () => {
    using kept = users()
    const by = { actor: 'root', address: '192.0.2.1', cid: 'c-1' }
    await kept.create({ username: 'ada', password }, by)
    await kept.change('ada', { password: 'another good phrase', roles: ['admin'], enabled: false }, by)
    await kept.change('ada', { enabled: true }, by)
    kept.delete('ada', by)
    const subject = 'user:ada'
    assert.deepEqual(kept.events, [
      { type: 'user.created', ...by, subject },
      { type: 'user.changed', ...by, subject, detail: 'password, roles' },
      { type: 'user.disabled', ...by, subject },
      { type: 'user.enabled', ...by, subject },
      { type: 'user.deleted', ...by, subject },
    ])
  })

  test('are hashed anew at a login when a hash costs less than one does now', async () => {
    using place = folder()
    const table = userTable(place.path)
    const at = '2026-01-01T00:00:00.000Z'
    // One of the test vectors of the reference implementation, of the text password.
    const hash = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'
    const user = { username: 'ada', hash, roles: [], scopes: [], enabled: true, created: at, changed: at }
    table.insert({ ...user, lastLogin: undefined, stamp: 's' })
    using kept = users(place.path)
    const logIn = () => kept.verify({ username: 'ada', password: 'password' })
    const both = await Promise.all([logIn(), logIn()])
    assert.deepEqual(
      both.map((each) => each?.stamp),
      ['s', 's'],
    )
    assert.match(table.find('ada')?.hash ?? '', /^\$argon2id\$v=19\$m=19456,/)
    assert.equal((await logIn())?.stamp, 's')
    table.close()
  })
})
