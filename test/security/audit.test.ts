import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { forbidden, get, post, problem, type SecurityEvent, service, stream, websocket } from 'trestle'
import { z } from 'zod'
import { serveApp } from '../http/app-served.ts'
import { keptLog, type LogEntry } from '../http/served.ts'
import { adminApp, basicOf, dataFolder, settableClock } from './admin-app.ts'

const start = '2026-11-21T10:00:00.000Z'

const own = service({
  name: 'own',
  input: z.object({ owner: z.string() }),
  allow: { anyOf: [({ input, caller }) => input.owner === caller.username] },
  on: [get('/own/{owner}', { security: 'hr' }), post('/hidden/{owner}', { security: 'hr', forbiddenStatus: 404 })],
  handle: () => {},
})
const never = service({ name: 'never', on: get('/never'), handle: () => forbidden('Never mind') })
const hidden = service({
  name: 'hidden',
  on: get('/mapped', { onError: () => problem('conflict') }),
  handle: () => forbidden('Not this one'),
})

const refusedOnly = (events: readonly SecurityEvent[]) => events.filter(({ type }) => type === 'call.refused')

describe('every refused call is an event', () => {
  test('with who, where and why', async () => {
    const { clock } = settableClock(start)
    await using app = adminApp({ clock, newCid: () => 'cid-1' })
    await app.hello('tr_wrong')
    await app.hello(basicOf('hr', 'wrong horse'))
    await app.send('GET /admin/groups', undefined, { 'X-API-Key': 'guest-key' })
    const at = { type: 'call.refused', cid: 'cid-1', at: start }
    assert.deepEqual(refusedOnly(app.events), [
      {
        ...at,
        code: 'unauthorized',
        detail: 'The request has no credentials',
        service: 'hello',
        channel: 'GET /hello',
      },
      {
        ...{ ...at, code: 'invalid_credentials', detail: 'The credentials are not known' },
        ...{ service: 'hello', channel: 'GET /hello', username: 'hr' },
      },
      {
        ...{ ...at, code: 'forbidden', detail: 'This needs the role admin', service: 'trestle.security.list-groups' },
        ...{ channel: 'GET /admin/groups', definition: 'guest', username: 'guest' },
      },
    ])
  })

  test('also by functions of services, their own forbidden(), and where a 404 hides it', async () => {
    await using app = adminApp({ services: [own, never, hidden] })
    const hr = { Authorization: basicOf('hr', 'correct horse') }
    const lines = ['GET /own/ada', 'POST /hidden/ada', 'GET /never', 'GET /mapped']
    const statuses = []
    for (const line of lines) statuses.push((await app.send(line, undefined, hr)).status)
    assert.deepEqual(statuses, [403, 404, 403, 409])
    assert.deepEqual(
      refusedOnly(app.events).map((each) => [each.code, each.channel]),
      [
        ['forbidden', 'GET /own/{owner}'],
        ['forbidden', 'POST /hidden/{owner}'],
        ['forbidden', 'GET /never'],
        ['forbidden', 'GET /mapped'],
      ],
    )
  })

  test('with the address, over a socket, also for a WebSocket', async () => {
    const events: { readonly type: string }[] = []
    const talk = service({
      name: 'talk',
      output: stream(z.string()),
      on: websocket('/talk', { security: 'hr' }),
      async *handle() {
        yield 'hello'
      },
    })
    await using served = await serveApp({
      services: [talk],
      security: { hr: { kind: 'basic', username: 'hr', password: 'correct horse' } },
      onSecurityEvent: (event) => events.push(event),
    })
    const { promise, resolve } = Promise.withResolvers<void>()
    const socket = new WebSocket(`ws://127.0.0.1:${served.port}/talk`)
    socket.addEventListener('error', () => resolve())
    await promise
    const [event] = events as { code?: string; address?: string; service?: string }[]
    assert.deepEqual([event?.code, event?.address, event?.service], ['unauthorized', '127.0.0.1', 'talk'])
  })

  test('and what a client has got wrong otherwise is none', async () => {
    await using app = adminApp()
    assert.equal((await app.admin('GET /admin/groups/none')).status, 404)
    assert.equal((await app.admin('POST /admin/groups', { name: '' })).status, 422)
    assert.equal((await app.send('GET /nothing')).status, 404)
    assert.deepEqual(app.events, [])
  })
})

describe('events', () => {
  test('tell who changed what, exactly', async () => {
    const { clock } = settableClock(start)
    await using app = adminApp({ clock, newCid: () => 'cid-1' })
    await app.admin('POST /admin/definitions', { name: 'acme', kind: 'apiKey' })
    await app.admin('PATCH /admin/definitions/acme', { roles: ['buyer'] })
    await app.admin('POST /admin/definitions/acme/rotate', { until: '2026-11-22T00:00:00Z' })
    await app.admin('POST /admin/groups', { name: 'team' })
    await app.admin('POST /admin/groups/team/members', { definition: 'acme' })
    await app.admin('DELETE /admin/groups/team/members/acme')
    await app.admin('DELETE /admin/groups/team')
    await app.admin('POST /admin/definitions/acme/disable')
    await app.admin('POST /admin/definitions/acme/disable')
    await app.admin('POST /admin/definitions/acme/enable')
    await app.admin('DELETE /admin/definitions/acme')
    await app.app.invoke('trestle.security.create-group', { name: 'own' })
    const by = { cid: 'cid-1', at: start, actor: 'ops' }
    const acme = { ...by, subject: 'definition:acme' }
    const team = { ...by, subject: 'group:team' }
    const until = 'the secrets before count until 2026-11-22T00:00:00.000Z'
    assert.deepEqual(app.events, [
      { type: 'definition.created', ...acme, detail: 'apiKey' },
      { type: 'definition.changed', ...acme, detail: 'roles' },
      { type: 'definition.rotated', ...acme, detail: until },
      { type: 'group.created', ...team },
      { type: 'group.member-added', ...team, detail: 'acme' },
      { type: 'group.member-removed', ...team, detail: 'acme' },
      { type: 'group.deleted', ...team },
      { type: 'definition.disabled', ...acme },
      { type: 'definition.enabled', ...acme },
      { type: 'definition.deleted', ...acme },
      { type: 'group.created', ...by, actor: 'the app itself', subject: 'group:own' },
    ])
  })

  test('are listed the newest first, by type, definition and time, page by page', async () => {
    const { clock, forward } = settableClock(start)
    await using app = adminApp({ clock })
    await app.admin('POST /admin/definitions', { name: 'a', kind: 'session' })
    forward(60_000)
    await app.admin('POST /admin/definitions', { name: 'b', kind: 'session' })
    await app.admin('DELETE /admin/definitions/a')
    const list = async (query: string) => {
      const { events, next } = (await app.admin(`GET /admin/events?${query}`)).body
      return [events.map(({ type, subject }: { type: string; subject: string }) => `${type} ${subject}`), next]
    }
    const [deleted, second, first] = ['deleted definition:a', 'created definition:b', 'created definition:a'].map(
      (each) => `definition.${each}`,
    )
    assert.deepEqual(await list(''), [[deleted, second, first], undefined])
    assert.deepEqual(await list('type=definition.created'), [[second, first], undefined])
    assert.deepEqual(await list('definition=a'), [[deleted, first], undefined])
    assert.deepEqual(await list('since=2026-11-21T10:01:00Z'), [[deleted, second], undefined])
    const [page, next] = await list('limit=2')
    assert.deepEqual(page, [deleted, second])
    assert.deepEqual(await list(`limit=2&cursor=${next}`), [[first], undefined])
    assert.equal((await app.admin('GET /admin/events?cursor=x')).status, 422)
  })

  test('that are the same and come at once are one, with their number', async () => {
    const lines: LogEntry[] = []
    await using app = adminApp({ log: keptLog(lines) })
    for (let times = 0; times < 5; times++) await app.send('GET /hello')
    await app.send('GET /admin/groups')
    const { events } = (await app.admin('GET /admin/events?type=call.refused')).body
    assert.deepEqual(
      events.map(({ channel, count }: { channel: string; count: number }) => [channel, count]),
      [
        ['GET /admin/groups', 1],
        ['GET /hello', 5],
      ],
    )
    assert.equal(app.events.length, 6)
    assert.deepEqual(
      lines.map(({ level, message }) => `${level} ${message}`),
      [
        'warn call.refused unauthorized GET /hello',
        'warn call.refused unauthorized GET /admin/groups',
        'warn call.refused unauthorized GET /hello: 4 more',
      ],
    )
  })

  test('outlast the process, and are written at its end', async () => {
    await using data = await dataFolder()
    {
      await using app = adminApp({ data: data.path })
      await app.send('GET /hello')
    }
    await using app = adminApp({ data: data.path })
    const { events } = (await app.admin('GET /admin/events')).body
    assert.deepEqual(
      events.map(({ type, code }: { type: string; code: string }) => [type, code]),
      [['call.refused', 'unauthorized']],
    )
  })

  test('never have a secret in them, nor the log', async () => {
    const lines: LogEntry[] = []
    await using app = adminApp({ log: keptLog(lines) })
    const { secret } = (await app.admin('POST /admin/definitions', { name: 'a', kind: 'apiKey' })).body
    await app.admin('POST /admin/definitions', { name: 'b', kind: 'basic', password: 'hush hush hush' })
    await app.admin('POST /admin/users', { username: 'ada', password: 'hush hush hush hush' })
    await app.hello(`Basic ${btoa('hr:hush hush')}`)
    await app.hello(`Basic ${btoa('hush hush:hr')}`)
    await app.hello('hush-hush')
    const { events } = (await app.admin('GET /admin/events')).body
    const all = JSON.stringify([events, app.events, lines])
    assert.equal(all.includes('hush') || all.includes(secret), false)
  })

  test('that somebody cannot take harm nobody', async () => {
    await using app = adminApp({
      onSecurityEvent: () => {
        throw new Error('no')
      },
    })
    assert.equal((await app.send('GET /hello')).status, 401)
  })
})
