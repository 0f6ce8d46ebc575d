import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { apiKey, createApp, get, service } from 'trestle'
import { serveApp } from '../http/app-served.ts'
import { adminApp } from './admin-app.ts'

const open = service({ name: 'open', on: get('/open'), handle: () => {} })
const key = apiKey({ key: 'ops-key' })

describe('the admin services', () => {
  test('are there for the code, without any channel', async () => {
    await using app = createApp({ log: 'silent', services: [open], security: { ops: key } })
    const made = await app.invoke('trestle.security.create-definition', { name: 'hr', kind: 'basic' })
    const { secret, ...shown } = made as { secret: string; settings: unknown }
    assert.match(secret, /^[\w-]{32}$/)
    assert.deepEqual(shown.settings, { username: 'hr' })
    assert.equal((await app.fetch(new Request('http://localhost/admin/definitions'))).status, 404)
  })

  test('are not there in an app that has nothing to do with security', async () => {
    await using app = createApp({ services: [open] })
    assert.deepEqual(
      app.services.filter(({ name }) => name.startsWith('trestle.security.')),
      [],
    )
  })

  test('have channels below a prefix, for those who may', async () => {
    await using served = await serveApp({
      services: [open],
      prefix: '/api',
      security: { ops: key },
      admin: { prefix: '/ops/admin', security: 'ops' },
    })
    const url = `http://127.0.0.1:${served.port}/ops/admin/definitions`
    const refused = await fetch(url)
    assert.equal(refused.status, 401)
    assert.equal(refused.headers.get('WWW-Authenticate'), 'ApiKey realm="API", in="header", name="X-API-Key"')
    const reply = await fetch(url, { headers: { 'X-API-Key': 'ops-key' } })
    assert.equal(reply.headers.get('Cache-Control'), 'no-store')
    const { definitions } = (await reply.json()) as { definitions: { name: string }[] }
    assert.deepEqual(
      definitions.map(({ name }) => name),
      ['ops'],
    )
  })

  test('tell an anonymous caller nothing, whatever it sends', async () => {
    await using app = adminApp()
    assert.equal((await app.send('POST /admin/definitions', { bad: true })).status, 401)
    assert.equal((await app.send('GET /admin/definitions/none')).status, 401)
    const guest = await app.send('POST /admin/definitions', { bad: true }, { 'X-API-Key': 'guest-key' })
    assert.equal(guest.status, 403)
  })

  test('are kept out of the API description', async () => {
    await using app = adminApp()
    const { body } = await app.send('GET /openapi.json')
    assert.deepEqual(Object.keys(body.paths), ['/hello'])
  })

  test('keep an app from starting that would leave them open', () => {
    const started = (admin: unknown) => () =>
      createApp({ services: [open], security: { ops: key }, ...{ admin: admin as { security: string } } })
    const message = /admin is open to all: name in its 'security' the definitions or groups of administrators/
    for (const admin of [{}, { security: [] }, { security: false }, { security: ['ops', 'anonymous'] }])
      assert.throws(started(admin), message)
    assert.throws(started({ security: 'opps' }), /admin\.security names opps, which is no security definition/)
    assert.throws(started({ security: 'ops', prefix: 'admin/' }), /admin.prefix is 'admin\/'/)
  })
})

describe('users', () => {
  test('are made, changed, switched off and deleted, and never shown with a password', async () => {
    await using app = adminApp()
    const made = await app.admin('POST /admin/users', { username: 'ada', password: 'correct horse battery' })
    assert.deepEqual([made.status, made.body.username, made.body.enabled], [201, 'ada', true])
    assert.deepEqual(Object.keys(made.body).sort(), ['changed', 'created', 'enabled', 'roles', 'scopes', 'username'])
    assert.equal((await app.admin('POST /admin/users', { username: 'ada', password: 'correct horse b' })).status, 409)
    assert.deepEqual((await app.admin('PATCH /admin/users/ada', { roles: ['editor'] })).body.roles, ['editor'])
    assert.equal((await app.admin('POST /admin/users/ada/disable')).body.enabled, false)
    assert.equal((await app.admin('POST /admin/users/ada/enable')).body.enabled, true)
    assert.equal((await app.admin('PUT /admin/users/ada/password', { password: 'another long one' })).status, 200)
    assert.deepEqual((await app.admin('GET /admin/users?search=a')).body.users.length, 1)
    assert.equal((await app.admin('DELETE /admin/users/ada')).status, 204)
    for (const line of ['GET /admin/users/ada', 'DELETE /admin/users/ada', 'POST /admin/users/ada/disable'])
      assert.equal((await app.admin(line)).status, 404, line)
    assert.deepEqual(
      app.events.map(({ type, actor, subject }) => [type, actor, subject]),
      [
        ...['created', 'changed', 'disabled', 'enabled', 'changed', 'deleted'].map((what) => {
          return [`user.${what}`, 'ops', 'user:ada']
        }),
      ],
    )
  })
})
