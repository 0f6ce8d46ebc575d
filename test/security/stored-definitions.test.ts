import assert from 'node:assert/strict'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, test } from 'node:test'
import { apiKey, get, service } from 'trestle'
import { adminApp, basicOf, dataFolder, settableClock } from './admin-app.ts'

const create = { name: 'acme', kind: 'apiKey' } as const

describe('stored definitions', () => {
  test('let in whoever has the key that was made, and hold at once in all apps of the folder', async () => {
    await using data = await dataFolder()
    await using one = adminApp({ data: data.path })
    await using other = adminApp({ data: data.path })
    assert.equal(await other.hello('tr_none'), 401)

    const { secret } = (await one.admin('POST /admin/definitions', create)).body
    assert.match(secret, /^tr_[0-9a-f]{8}_[\w-]{43}$/)
    assert.deepEqual([await one.hello(secret), await other.hello(secret)], [401, 401])

    await one.admin('POST /admin/groups/partners/members', { definition: 'acme' })
    assert.deepEqual([await one.hello(secret), await other.hello(secret)], [200, 200])

    await other.admin('POST /admin/definitions/acme/disable')
    assert.deepEqual([await one.hello(secret), await other.hello(secret)], [401, 401])

    await one.admin('POST /admin/definitions/acme/enable')
    assert.deepEqual([await one.hello(secret), await other.hello(secret)], [200, 200])

    await one.admin('DELETE /admin/definitions/acme')
    assert.deepEqual([await one.hello(secret), await other.hello(secret)], [401, 401])
    assert.deepEqual((await one.admin('GET /admin/groups/partners')).body.members, ['hr'])
  })

  test('outlast the process, with the last use, and without any secret in the files', async () => {
    await using data = await dataFolder()
    let key = ''
    {
      await using app = adminApp({ data: data.path })
      key = (await app.admin('POST /admin/definitions', create)).body.secret
      await app.admin('POST /admin/groups/partners/members', { definition: 'acme' })
      await app.admin('POST /admin/definitions', { name: 'payroll', kind: 'basic', password: 'a long password' })
      assert.equal(await app.hello(key), 200)
    }
    await using app = adminApp({ data: data.path })
    assert.equal(await app.hello(key), 200)
    const { body } = await app.admin('GET /admin/definitions/acme')
    assert.match(body.lastUsed, /^\d{4}-/)
    assert.equal(body.secrets[0].prefix, key.slice(0, 11))
    for (const name of await readdir(data.path)) {
      const bytes = await readFile(join(data.path, name), 'latin1')
      assert.equal(bytes.includes(key.slice(12)) || bytes.includes('a long password'), false, name)
    }
  })

  test('hold in the memory of an app that has no folder', async () => {
    await using app = adminApp()
    const { secret } = (await app.admin('POST /admin/definitions', create)).body
    await app.admin('POST /admin/groups/partners/members', { definition: 'acme' })
    assert.equal(await app.hello(secret), 200)
  })

  test('make no file before there is one to keep', async () => {
    await using data = await dataFolder()
    await using app = adminApp({ data: join(data.path, 'app') })
    assert.equal(await app.hello(basicOf('hr', 'correct horse')), 200)
    const files = await readdir(join(data.path, 'app')).catch(() => [])
    assert.deepEqual(
      files.filter((name) => /^(security|audit|users)\./.test(name)),
      [],
    )
  })

  test('of the kind basic take the password that was given or made', async () => {
    await using app = adminApp()
    const given = await app.admin('POST /admin/definitions', {
      name: 'pay',
      kind: 'basic',
      password: 'a long password',
    })
    assert.equal('secret' in given.body, false)
    const { secret } = (await app.admin('POST /admin/definitions', { name: 'made', kind: 'basic' })).body
    for (const definition of ['pay', 'made']) await app.admin('POST /admin/groups/partners/members', { definition })
    assert.equal(await app.hello(basicOf('pay', 'a long password')), 200)
    assert.equal(await app.hello(basicOf('made', secret)), 200)
    assert.equal(await app.hello(basicOf('made', 'a long password')), 401)
    assert.equal(await app.hello(basicOf('nobody', 'a long password')), 401)
    assert.equal(await app.hello(basicOf('hr', 'correct horse')), 200)
  })

  test('of the kind bearer take the token that was made', async () => {
    await using app = adminApp()
    const { secret } = (await app.admin('POST /admin/definitions', { name: 'bot', kind: 'bearer' })).body
    await app.admin('POST /admin/groups/partners/members', { definition: 'bot' })
    assert.equal(await app.hello(`Bearer ${secret}`), 200)
    assert.equal(await app.hello(`Bearer ${secret}x`), 401)
  })

  test('of the code are listed, and can be switched off and nothing else', async () => {
    await using app = adminApp()
    const { body } = await app.admin('GET /admin/definitions')
    const found = body.definitions.map(({ name, source }: { name: string; source: string }) => `${name} ${source}`)
    assert.deepEqual(found, ['ops code', 'guest code', 'hr code'])
    assert.equal(JSON.stringify(body).includes('correct horse') || JSON.stringify(body).includes('-key'), false)

    assert.equal((await app.admin('POST /admin/definitions/hr/disable')).body.enabled, false)
    assert.equal(await app.hello(basicOf('hr', 'correct horse')), 401)
    assert.equal((await app.admin('POST /admin/definitions/hr/enable')).body.enabled, true)
    assert.equal(await app.hello(basicOf('hr', 'correct horse')), 200)

    for (const line of ['DELETE /admin/definitions/hr', 'POST /admin/definitions/hr/rotate'])
      assert.equal((await app.admin(line)).status, 409, line)
    assert.equal((await app.admin('PATCH /admin/definitions/hr', { roles: ['x'] })).status, 409)
  })
})

describe('rotation', () => {
  test('lets the old secret count until the given time', async () => {
    const { clock, forward } = settableClock('2026-11-21T10:00:00Z')
    await using app = adminApp({ clock })
    const first = (await app.admin('POST /admin/definitions', create)).body.secret
    await app.admin('POST /admin/groups/partners/members', { definition: 'acme' })
    assert.equal(await app.hello(first), 200)

    const rotated = await app.admin('POST /admin/definitions/acme/rotate', { until: '2026-11-21T11:00:00Z' })
    const second = rotated.body.secret
    assert.deepEqual(
      rotated.body.secrets.map(({ until }: { until?: string }) => until),
      ['2026-11-21T11:00:00.000Z', undefined],
    )
    assert.deepEqual([await app.hello(first), await app.hello(second)], [200, 200])

    forward(59 * 60_000 + 59_999)
    assert.deepEqual([await app.hello(first), await app.hello(second)], [200, 200])
    forward(1)
    assert.deepEqual([await app.hello(first), await app.hello(second)], [401, 200])
    assert.equal((await app.admin('GET /admin/definitions/acme')).body.secrets.length, 1)
  })

  test('ends the old secret at once if no time is given', async () => {
    await using app = adminApp()
    const first = (await app.admin('POST /admin/definitions', { name: 'pay', kind: 'basic' })).body.secret
    await app.admin('POST /admin/groups/partners/members', { definition: 'pay' })
    assert.equal(await app.hello(basicOf('pay', first)), 200)
    const second = (await app.admin('POST /admin/definitions/pay/rotate')).body.secret
    assert.deepEqual([await app.hello(basicOf('pay', first)), await app.hello(basicOf('pay', second))], [401, 200])
  })

  test('is refused for a time that has passed, too many secrets, and definitions without a secret', async () => {
    await using app = adminApp()
    await app.admin('POST /admin/definitions', create)
    await app.admin('POST /admin/definitions', { name: 'cert', kind: 'mutualTls', settings: { subjects: ['CN=a'] } })
    assert.equal(
      (await app.admin('POST /admin/definitions/acme/rotate', { until: '2020-01-01T00:00:00Z' })).status,
      422,
    )
    assert.equal((await app.admin('POST /admin/definitions/cert/rotate')).status, 409)
    assert.equal((await app.admin('POST /admin/definitions/none/rotate')).status, 404)
    const statuses = []
    for (let times = 0; times < 4; times++) {
      statuses.push((await app.admin('POST /admin/definitions/acme/rotate', { until: '2099-01-01T00:00:00Z' })).status)
    }
    assert.deepEqual(statuses, [200, 200, 200, 409])
  })
})

describe('the file of stored definitions', () => {
  test('is for the user of the process alone', async () => {
    await using data = await dataFolder()
    await using app = adminApp({ data: data.path })
    await app.admin('POST /admin/definitions', create)
    const names = await readdir(data.path)
    assert.ok(names.includes('security.db-wal'))
    for (const each of names) assert.equal((await stat(join(data.path, each))).mode & 0o777, 0o600, each)
  })

  test('keeps an app from starting that cannot read it', async () => {
    await using data = await dataFolder()
    const path = join(data.path, 'security.db')
    await writeFile(path, 'no database at all'.repeat(100))
    const damaged = `${path} cannot be opened: it is damaged, or no database: put back a backup, or move it away to begin anew`
    assert.throws(() => adminApp({ data: data.path }), { message: damaged })
  })

  test('lets nobody in as soon as it cannot be read any more', async () => {
    await using data = await dataFolder()
    await using app = adminApp({ data: data.path, log: 'silent' })
    const key = (await app.admin('POST /admin/definitions', create)).body.secret
    await app.admin('POST /admin/groups/partners/members', { definition: 'acme' })
    assert.equal(await app.hello(key), 200)
    using db = new DatabaseSync(join(data.path, 'security.db'))
    db.exec("UPDATE definitions SET grants = 'nonsense'; UPDATE revision SET number = number + 1")
    assert.deepEqual([await app.hello(key), await app.hello(key)], [500, 500])
    db.exec("UPDATE definitions SET grants = '{}'; UPDATE revision SET number = number + 1")
    assert.equal(await app.hello(key), 200)
  })
})

describe('what cannot be', () => {
  test('one name is given once, also to 50 who ask in parallel in two apps', async () => {
    await using data = await dataFolder()
    await using one = adminApp({ data: data.path })
    await using other = adminApp({ data: data.path })
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        (index % 2 === 0 ? one : other).admin('POST /admin/definitions', create),
      ),
    )
    assert.deepEqual(
      [201, 409].map((status) => replies.filter((each) => each.status === status).length),
      [1, 49],
    )
  })

  test('names and user names that the code has are taken', async () => {
    await using app = adminApp()
    const made = (body: object) => app.admin('POST /admin/definitions', { kind: 'basic', ...body })
    assert.equal((await made({ name: 'hr' })).body.detail, 'There is a definition hr already')
    assert.equal((await made({ name: 'partners' })).body.detail, 'There is a group partners already')
    assert.equal((await made({ name: 'anonymous' })).status, 409)
    const same = await made({ name: 'human', settings: { username: 'hr' } })
    assert.equal(same.body.detail, 'The definition hr has the user name hr already')
    assert.equal((await app.admin('POST /admin/groups', { name: 'hr' })).status, 409)
    assert.equal((await app.admin('POST /admin/groups', { name: 'partners' })).status, 409)
  })

  test('bad settings are told by their place', async () => {
    await using app = adminApp()
    const { status, body } = await app.admin('POST /admin/definitions', {
      ...{ name: 'x', kind: 'bearer', settings: { jwt: { algorithms: ['none'], key: 'k' } } },
    })
    assert.deepEqual([status, body.code], [422, 'invalid_input'])
    const limit = await app.admin('POST /admin/definitions', { ...create, limit: 'often' })
    assert.equal(limit.status, 422)
    const mixed = {
      issued: true,
      introspection: { address: 'https://id.example.com', clientId: 'a', clientSecret: 'b' },
    }
    const several = { name: 'x', kind: 'bearer', settings: mixed }
    assert.equal((await app.admin('POST /admin/definitions', several)).status, 422)
    const issued = await app.admin('POST /admin/definitions', { name: 'x', kind: 'bearer', settings: { issued: true } })
    assert.equal(
      issued.body.errors[0].message,
      "security.x takes tokens that the app issues, but it issues none: give the app 'tokens'",
    )
  })
})

describe('a change', () => {
  test('takes members away with null, keeps what is not given, and never shows a secret', async () => {
    await using app = adminApp()
    const settings = {
      introspection: { address: 'https://id.example.com/i', clientId: 'a', clientSecret: 'hush-hush' },
    }
    const made = await app.admin('POST /admin/definitions', {
      ...{ name: 'other', kind: 'bearer', settings: { ...settings, realm: 'r' }, roles: ['x'], limit: '5/minute' },
    })
    const changed = await app.admin('PATCH /admin/definitions/other', {
      settings: { realm: null, introspection: { address: 'https://id.example.com/j', clientId: 'a' } },
      limit: null,
    })
    assert.equal(changed.status, 200)
    const { settings: now, roles, limit } = changed.body
    assert.deepEqual(
      { now, roles, limit },
      {
        now: { introspection: { address: 'https://id.example.com/j', clientId: 'a' } },
        roles: ['x'],
        limit: undefined,
      },
    )
    assert.equal(JSON.stringify([made.body, changed.body]).includes('hush'), false)
    const list = await app.admin('GET /admin/definitions')
    assert.equal(JSON.stringify(list.body).includes('hush'), false)
  })

  test('of roles holds for the next call of a known caller', async () => {
    await using app = adminApp()
    const { secret } = (await app.admin('POST /admin/definitions', { ...create, name: 'second' })).body
    const list = () => app.send('GET /admin/definitions', undefined, { 'X-API-Key': secret })
    await app.admin('POST /admin/groups/helpers/members', { definition: 'second' })
    assert.equal((await list()).status, 403)
    await app.admin('PATCH /admin/definitions/second', { roles: ['admin'] })
    assert.equal((await list()).status, 200)
  })
})

describe('groups', () => {
  test('are made, filled, emptied and deleted', async () => {
    await using app = adminApp()
    await app.admin('POST /admin/definitions', create)
    const made = await app.admin('POST /admin/groups', { name: 'team', members: ['hr', 'acme'] })
    assert.deepEqual([made.status, made.body.members], [201, ['hr', 'acme']])
    assert.deepEqual((await app.admin('GET /admin/definitions/acme')).body.groups, ['team'])
    assert.deepEqual((await app.admin('DELETE /admin/groups/team/members/hr')).body.members, ['acme'])
    assert.equal((await app.admin('DELETE /admin/groups/team/members/hr')).status, 404)
    assert.equal((await app.admin('POST /admin/groups/team/members', { definition: 'acme' })).status, 409)
    assert.equal((await app.admin('POST /admin/groups/team/members', { definition: 'nobody' })).status, 422)
    assert.equal((await app.admin('POST /admin/groups', { name: 'b', members: ['acme', 'acme'] })).status, 422)
    assert.equal((await app.admin('DELETE /admin/groups/team')).status, 204)
    assert.equal((await app.admin('GET /admin/groups/team')).status, 404)
  })

  test('of the code keep their members', async () => {
    await using app = adminApp()
    assert.equal((await app.admin('DELETE /admin/groups/partners')).status, 409)
    assert.equal((await app.admin('DELETE /admin/groups/partners/members/hr')).status, 409)
  })

  test('that were in the code leave nothing behind, under whose name a definition could let others in', async () => {
    await using data = await dataFolder()
    const ops = apiKey({ key: 'ops-key', roles: ['admin'] })
    let key = ''
    {
      await using app = adminApp({ data: data.path })
      key = (await app.admin('POST /admin/definitions', create)).body.secret
      await app.admin('POST /admin/groups/helpers/members', { definition: 'acme' })
    }
    const hello = service({ name: 'hello', on: get('/hello', { security: 'team' }), handle: () => {} })
    await using app = adminApp({
      ...{ data: data.path, services: [hello], security: { ops, team: ['ops'] }, admin: { security: 'ops' } },
    })
    assert.equal((await app.admin('GET /admin/groups/helpers')).status, 404)
    await app.admin('POST /admin/definitions', { name: 'helpers', kind: 'apiKey' })
    await app.admin('POST /admin/groups/team/members', { definition: 'helpers' })
    assert.equal(await app.hello(key), 401)
  })

  test('may be called what objects have by themselves', async () => {
    await using app = adminApp()
    await app.admin('POST /admin/definitions', { name: 'constructor', kind: 'apiKey' })
    const made = await app.admin('POST /admin/groups', { name: 'toString', members: ['constructor'] })
    assert.equal(made.status, 201)
    assert.deepEqual((await app.admin('DELETE /admin/groups/toString/members/constructor')).body.members, [])
    assert.equal((await app.admin('POST /admin/groups/valueOf/members', { definition: 'constructor' })).status, 404)
    assert.equal((await app.admin('DELETE /admin/groups/toString')).status, 204)
    assert.equal((await app.admin('DELETE /admin/definitions/constructor')).status, 204)
  })

  test('let nobody in when they are empty', async () => {
    const ops = apiKey({ key: 'ops-key', roles: ['admin'] })
    await using app = adminApp({ security: { ops, helpers: ['ops'], partners: [] } })
    assert.equal(await app.hello('ops-key'), 401)
    const { secret } = (await app.admin('POST /admin/definitions', create)).body
    await app.admin('POST /admin/groups/partners/members', { definition: 'acme' })
    assert.equal(await app.hello(secret), 200)
    await app.admin('DELETE /admin/groups/partners/members/acme')
    assert.equal(await app.hello(secret), 401)
  })
})
