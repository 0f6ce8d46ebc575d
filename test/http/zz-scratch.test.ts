import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { Readable } from 'node:stream'
import { createApp, get, put, post, service, media, any } from '../../src/index.ts'
import { connect as netConnect } from 'node:net'
const connect = async (port: number) => netConnect(port, '127.0.0.1')
import { ask, headerOf } from './raw-connection.ts'
import { serveApp } from './app-served.ts'
const once = (calls: unknown[]) => { }

test('xml types', async () => {
  const s = service({ name: 's', output: z.object({ a: z.int() }), on: get('/s', { produces: ['json', 'xml', 'yaml'], cache: { ttl: 60 } }), handle: () => ({ a: 1 }) })
  await using app = createApp({ services: [s], log: 'error' })
  for (const a of ['application/xml', 'text/xml', 'application/yaml', 'text/yaml', 'text/x-yaml','application/x-yaml', 'application/json']) {
    const r = await app.fetch(new Request('http://t/s', { headers: { accept: a } }))
    console.log(a, r.status, r.headers.get('content-type'), r.headers.get('x-cache'))
  }
})
test('spanning', async () => {
  const s = service({ name: 's', input: z.object({ path: z.string() }), output: z.object({ path: z.string() }), on: get('/s/{path*}', { cache: { ttl: 60 } }), handle: ({ input }) => input })
  await using app = createApp({ services: [s], log: 'error' })
  for (const a of ['/s/a', '/s/a/', '/s/a%2Fb', '/s/a/b','/s/a%2fb']) {
    const r = await app.fetch(new Request('http://t' + a))
    console.log(a, r.status, await r.text(), r.headers.get('x-cache'))
  }
})
test('backslash', async () => {
  const s = service({ name: 's', input: z.object({ path: z.string() }), output: z.object({ path: z.string() }), on: get('/{path}'), handle: ({ input }) => input })
  await using served = await serveApp({ services: [s], trailingSlash: 'redirect' } as never)
  for (const t of ['/\\evil.example/', '//evil.example/', '/\\/evil.example/']) {
    const r = await ask(served.port, `GET ${t}`)
    console.log(t, r.status, headerOf(r, 'location'))
  }
})
test('invalidates encoded', async () => {
  const s = service({ name: 's', input: z.object({ id: z.string() }), output: z.object({ id: z.string() }), on: get('/lists/{id}', { cache: { ttl: 60 } }), handle: ({ input }) => input })
  const p = service({ name: 'p', input: z.object({ id: z.string() }), on: put('/cars/{id}', { invalidates: ['/lists/{id}'] }), handle: () => {} })
  await using app = createApp({ services: [s, p], log: 'error' })
  const g = async () => (await app.fetch(new Request('http://t/lists/a%20b%2Fc'))).headers.get('x-cache')
  console.log(await g(), await g())
  console.log((await app.fetch(new Request('http://t/cars/a%20b%2Fc', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{}' }))).status)
  console.log(await g())
})
test('leaks', async () => {
  const open = new Map<string, Readable>()
  const mk = (name: string) => { const r = new Readable({ read() {} }); r.push('x'.repeat(5000)); open.set(name, r); return r }
  const s = service({ name: 's', input: z.object({ n: z.string(), status: z.coerce.number().optional() }), on: get('/s', { compress: true, etag: true }), handle: ({ input }) => media(mk(input.n), 'text/plain', { ...(input.status && { status: input.status }) }) })
  await using app = createApp({ services: [s], log: 'error' })
  const show = async (n: string) => { await new Promise((r) => setTimeout(r, 50)); console.log(n, 'destroyed', open.get(n)?.destroyed) }
  await app.fetch(new Request('http://t/s?n=head', { method: 'HEAD', headers: { 'accept-encoding': 'gzip' } })); await show('head')
  await app.fetch(new Request('http://t/s?n=match', { headers: { 'if-match': '"x"' } })); await show('match')
  await app.fetch(new Request('http://t/s?n=status&status=700', { })); await show('status')
  let r = await app.fetch(new Request('http://t/s?n=cancel', { headers: { 'accept-encoding': 'gzip' } })); await r.body?.cancel(); await show('cancel')
  r = await app.fetch(new Request('http://t/s?n=cancelplain')); await r.body?.cancel(); await show('cancelplain')
  r = await app.fetch(new Request('http://t/s?n=late')); const rd = r.body!.getReader(); await rd.read(); void rd.read(); await new Promise((x) => setTimeout(x, 20)); void rd.cancel(); await show('late')
  const { port } = await app.listen({ port: 0 })
  for (const enc of ['', 'Accept-Encoding: gzip\r\n']) {
    const c = await connect(port)
    c.write(`GET /s?n=sock${enc.length} HTTP/1.1\r\nHost: x\r\n${enc}\r\n`)
    await new Promise((x) => setTimeout(x, 100)); c.destroy?.(); await show('sock' + enc.length)
  }
  for (const o of open.values()) o.destroy()
})
test('gone before', async () => {
  let made: Readable | undefined
  const s = service({ name: 's', on: get('/s'), handle: async ({ signal }) => { await new Promise((r) => signal.addEventListener('abort', r)); made = new Readable({ read() {} }); made.push('x'); return media(made, 'text/plain') } })
  await using served = await serveApp({ services: [s] })
  const c = await connect(served.port)
  c.write(`GET /s HTTP/1.1\r\nHost: x\r\n\r\n`)
  await new Promise((x) => setTimeout(x, 100)); c.destroy?.(); await new Promise((x) => setTimeout(x, 100))
  console.log('gone', made?.destroyed); made?.destroy()
})
test('headers', async () => {
  for (const headers of [{ 'Content-Length': '3' }, { 'X': 'a\nb' }] as Record<string, string>[]) {
    try { const s = service({ name: 's', output: z.object({}), on: get('/s', { headers }), handle: () => ({}) })
    await using served = await serveApp({ services: [s] })
    console.log('served', (await ask(served.port, 'GET /s')).status) } catch (e) { console.log(String(e)) }
    try { const s = service({ name: 's', output: z.object({}), on: get('/s'), handle: () => ({}) })
    await using served = await serveApp({ services: [s], static: { '/f': { folder: 'src', headers } } })
    console.log('static', (await ask(served.port, 'GET /f/index.ts')).status) } catch (e) { console.log(String(e)) }
  }
})
