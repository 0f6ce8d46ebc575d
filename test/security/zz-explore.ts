import { createHook } from 'node:async_hooks'
import { z } from 'zod'
import { apiKey, basic, bearer, createApp, get, put, post, service, session, login, role, scope, websocket, stream } from 'trestle'
import { ask, requestText, RawConnection } from '../http/raw-connection.ts'
const types = new Map<string, number>()
createHook({ init(_id, type) { if (/REQUEST|ARGON/i.test(type)) types.set(type, (types.get(type) ?? 0) + 1) } }).enable()
const events: unknown[] = []
const hit = service({ name: 'hit', output: z.object({ who: z.string() }), on: [get('/me', { security: 'all', versions: undefined } as never), post('/me', { security: 'all' })], handle: ({ caller }) => ({ who: caller.username ?? '' }) })
const open = service({ name: 'open', output: z.object({ who: z.string() }), on: get('/open', { security: ['all', 'anonymous'] }), handle: ({ caller }) => ({ who: caller.username ?? '-' }) })
const odd = service({ name: 'odd', on: get('/odd', { security: 'all', allow: scope('bad→"\r\nX: y') }), handle: () => {} })
const app = createApp({ log: 'silent', failures: false, services: [hit, open, odd], onSecurityEvent: (e) => events.push(e), data: undefined,
  security: { hr: basic({ username: 'hr', password: 'pw:colon' }), k: apiKey({ key: 'key-k', in: 'header' }), c: apiKey({ key: 'key-c', in: 'cookie', name: 'kéy→' }), t: bearer({ token: 'tok' }), all: ['hr', 'k', 'c', 't'] } })
const { port } = await app.listen({ port: 0 })
const b = (s: string) => `Basic ${Buffer.from(s, 'latin1').toString('base64')}`
const show = async (label: string, p: Promise<any>) => { try { const r = await p; console.log(label, r.status, r.body.toString().slice(0, 160), r.fields.find(([n]: string[]) => n === 'WWW-Authenticate')?.[1]) } catch (e) { console.log(label, 'ERR', (e as Error).message.slice(0, 200)) } }
await show('good', ask(port, 'GET /me', { Authorization: b('hr:pw:colon') }))
await show('none', ask(port, 'GET /me'))
await show('wrongplace', ask(port, 'GET /me', { 'X-API-Key': b('hr:pw:colon') }))
await show('lower', ask(port, 'GET /me', { Authorization: b('hr:pw:colon').replace('Basic', 'bAsIc') }))
await show('tab', ask(port, 'GET /me', { Authorization: b('hr:pw:colon').replace(' ', '\t') }))
await show('tab open', ask(port, 'GET /open', { Authorization: b('hr:pw:colon').replace(' ', '\t') }))
await show('bearer tok tab', ask(port, 'GET /open', { Authorization: 'Bearer \ttok\t' }))
await show('two spaces', ask(port, 'GET /me', { Authorization: b('hr:pw:colon').replace(' ', '   ') }))
await show('twice', (async () => { await using c = await RawConnection.open(port); c.send(`GET /me HTTP/1.1\r\nHost: x\r\nAuthorization: ${b('hr:pw:colon')}\r\nAuthorization: ${b('hr:x')}\r\n\r\n`); return await c.reply() })())
await show('twice key', (async () => { await using c = await RawConnection.open(port); c.send(`GET /me HTTP/1.1\r\nHost: x\r\nX-API-Key: key-k\r\nX-API-Key: key-k\r\n\r\n`); return await c.reply() })())
await show('nul', (async () => { await using c = await RawConnection.open(port); c.send(`GET /me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer to\0k\r\n\r\n`); return await c.reply() })())
await show('huge', ask(port, 'GET /me', { Authorization: `Bearer ${'x'.repeat(65536)}` }))
await show('joined', ask(port, 'GET /me', { Authorization: `${b('hr:pw:colon')}, ${b('hr:pw:colon')}` }))
await show('nonutf8', ask(port, 'GET /me', { Authorization: b('h\xff:x') }))
await show('q', ask(port, 'GET /me?access_token=tok&api_key=key-k'))
await show('odd', ask(port, 'GET /odd', { Authorization: 'Bearer tok' }))
for (const target of ['/me/', '/ME', '/%6de', '/me%2f', '/./me', '/x/../me', '//me', '/me;x=1', '/me.json', '/%2e/me', 'http://evil/me', 'http://evil', '*', '/me%00', '/me?', '/me#x', '\\me', '/me%20', '/me%0d%0aX: y'])
  await show(`path ${target}`, ask(port, `GET ${target}`))
for (const m of ['HEAD', 'OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND', 'get'])
  await show(`method ${m}`, (async () => { await using c = await RawConnection.open(port); c.send(requestText(`${m} /me`)); return await c.reply(m === 'HEAD' ? 'HEAD' : m) })())
await show('cidinj', ask(port, 'GET /me', { 'X-Correlation-ID': 'a\tb<script>' }))
console.log(types, events.length)
await app.close({ deadline: 0 })
