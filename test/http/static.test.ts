import assert from 'node:assert/strict'
import { mkdir, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { any, get, post } from '../../src/http/rest-channel.ts'
import type { StaticFolder } from '../../src/http/static/settings.ts'
import type { Channel } from '../../src/kernel/channel.ts'
import { silentLogger } from '../../src/kernel/logger.ts'
import { media } from '../../src/kernel/media.ts'
import { type Service, service } from '../../src/kernel/service.ts'
import { StartupError } from '../../src/kernel/startup-error.ts'
import { createApp } from '../../src/platform/app.ts'
import type { App } from '../../src/platform/app-types.ts'
import { openApp } from '../../src/platform/open-app.ts'
import { serveApp } from './app-served.ts'
import { ask, headerOf, headersOf, jsonOf, RawConnection, requestText } from './raw-connection.ts'
import { type TemporaryFiles, temporaryFiles } from './temporary-files.ts'

const page = '<!doctype html><title>Shop</title>'
const site = {
  'public/index.html': page,
  'public/app.js': 'let app',
  'public/app.1a2b3c4d.js': 'let hashed',
  'public/a b/ü.txt': 'odd',
  'public/docs2/index.html': '<p>Docs',
  'public/bare/x.txt': 'x',
  'public/.env': 'SECRET=1',
  'public/.git/config': 'secret',
  'public/.well-known/test.txt': 'known',
  'secret.txt': 'secret',
  'public-too/secret.txt': 'secret',
}

interface Site extends AsyncDisposable {
  readonly port: number
  readonly app: App
  readonly files: TemporaryFiles
}

/** An app that serves the folder `public` of the site, below `/` unless it is said otherwise. */
async function siteOf(
  options: Partial<StaticFolder> & { readonly below?: string } = {},
  services: readonly Service[] = [],
): Promise<Site> {
  const files = await temporaryFiles(site)
  const { below = '/', ...folder } = options
  const app = createApp({
    services: [...services],
    static: { [below]: { folder: join(files.folder, 'public'), ...folder } },
    log: silentLogger,
    mode: 'test',
  })
  const { port } = await app.listen({ port: 0 })
  return {
    port,
    app,
    files,
    [Symbol.asyncDispose]: async () => {
      await app.close({ deadline: 0 })
      await files[Symbol.asyncDispose]()
    },
  }
}

const text = (name: string, on: Channel<never>): Service =>
  service({ name, on, handle: () => media(`${name} of the API`, 'text/plain') })

suite('a static folder', () => {
  test('serves its files with their validators, asked for each time', async () => {
    await using site = await siteOf()
    const reply = await ask(site.port, 'GET /app.js')
    assert.deepEqual([reply.status, reply.body.toString()], [200, 'let app'])
    assert.equal(headerOf(reply, 'content-type'), 'text/javascript; charset=utf-8')
    assert.equal(headerOf(reply, 'cache-control'), 'no-cache')
    assert.equal(headerOf(reply, 'x-content-type-options'), 'nosniff')
    assert.equal(headerOf(reply, 'vary'), 'Accept-Encoding')
    assert.equal(headerOf(reply, 'accept-ranges'), 'bytes')
    const etag = headerOf(reply, 'etag') ?? ''
    assert.equal((await ask(site.port, 'GET /app.js', { 'If-None-Match': etag })).status, 304)
    assert.equal((await ask(site.port, 'GET /app.js', { Range: 'bytes=4-' })).body.toString(), 'app')
    assert.equal((await ask(site.port, 'GET /a%20b/%C3%BC.txt?x=1')).body.toString(), 'odd')
    assert.equal((await ask(site.port, 'GET /.well-known/test.txt')).body.toString(), 'known')
    assert.equal((await ask(site.port, 'HEAD /app.js')).status, 200)
  })
  test('serves through app.fetch, too', async () => {
    await using site = await siteOf()
    const reply = await site.app.fetch(new Request('http://localhost/app.js'))
    assert.deepEqual([reply.status, await reply.text()], [200, 'let app'])
  })
  test('says how long its files are good for', async () => {
    await using site = await siteOf({
      maxAge: 60,
      immutable: /\.[0-9a-f]{8}\./g,
      spa: 'index.html',
      headers: { 'X-Own': '1' },
    })
    const ageOf = async (path: string): Promise<string | undefined> =>
      headerOf(await ask(site.port, `GET ${path}`), 'cache-control')
    for (let twice = 0; twice < 2; twice++) {
      assert.equal(await ageOf('/app.js'), 'public, max-age=60')
      assert.equal(await ageOf('/app.1a2b3c4d.js'), 'public, max-age=31536000, immutable')
      assert.equal(await ageOf('/'), 'no-cache')
    }
    assert.equal(headerOf(await ask(site.port, 'GET /app.js'), 'x-own'), '1')
  })
  test('sees what changes', async () => {
    await using site = await siteOf()
    assert.equal((await ask(site.port, 'GET /new.txt')).status, 404)
    await site.files.write('public/new.txt', 'one')
    assert.equal((await ask(site.port, 'GET /new.txt')).body.toString(), 'one')
    await site.files.write('public/new.txt', 'other')
    assert.equal((await ask(site.port, 'GET /new.txt')).body.toString(), 'other')
    await rm(join(site.files.folder, 'public/new.txt'))
    assert.equal((await ask(site.port, 'GET /new.txt')).status, 404)
  })
  test('has the index of a folder behind a slash, and lists none', async () => {
    await using site = await siteOf()
    assert.equal((await ask(site.port, 'GET /')).body.toString(), page)
    assert.equal((await ask(site.port, 'GET /docs2/')).body.toString(), '<p>Docs')
    const moved = await ask(site.port, 'GET /docs2?a=b')
    assert.deepEqual([moved.status, headerOf(moved, 'location'), moved.body.length], [308, './docs2/?a=b', 0])
    for (const path of ['/bare', '/bare/', '/app.js/', '/docs2/index.html/', '/nothing', '/nothing/']) {
      assert.equal((await ask(site.port, `GET ${path}`)).status, 404, path)
    }
  })
  test('answers other methods with those that there are', async () => {
    await using site = await siteOf({ spa: 'index.html' })
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const reply = await ask(site.port, `${method} /app.js`)
      assert.deepEqual([reply.status, headerOf(reply, 'allow')], [405, 'GET, HEAD, OPTIONS'])
      assert.equal((await ask(site.port, `${method} /nothing`, { Accept: 'text/html' })).status, 404)
    }
    const options = await ask(site.port, 'OPTIONS /app.js')
    assert.deepEqual([options.status, headerOf(options, 'allow')], [204, 'GET, HEAD, OPTIONS'])
  })
  test('gives way to every path that a channel answers', async () => {
    const services = [
      text('cars', get('/app.js')),
      text('form', post('/docs2')),
      text('run', any('/bare/x.txt')),
      text('users', get('/users')),
    ]
    await using site = await siteOf({ spa: 'index.html' }, services)
    const html = { Accept: 'text/html' }
    assert.equal((await ask(site.port, 'GET /app.js')).body.toString(), 'cars of the API')
    assert.equal((await ask(site.port, 'GET /bare/x.txt')).body.toString(), 'run of the API')
    assert.equal((await ask(site.port, 'GET /users', html)).body.toString(), 'users of the API')
    assert.equal((await ask(site.port, 'GET /docs2', html)).status, 405)
    assert.equal((await ask(site.port, 'GET /health/live', html)).status, 200)
    assert.equal((await ask(site.port, 'GET /users/1', html)).body.toString(), page)
  })
  test('may be several, of which the longer path counts', async () => {
    await using files = await temporaryFiles({ 'a/x.txt': 'a', 'b/x.txt': 'b', 'b/only.txt': 'b' })
    await using app = createApp({
      services: [],
      log: silentLogger,
      static: { '/': join(files.folder, 'b'), '/assets/': join(files.folder, 'a') },
    })
    const at = async (path: string): Promise<unknown> => {
      const reply = await app.fetch(new Request(`http://localhost${path}`))
      return reply.status === 200 ? await reply.text() : reply.status
    }
    assert.equal(await at('/x.txt'), 'b')
    assert.equal(await at('/assets/x.txt'), 'a')
    assert.equal(await at('/assets/only.txt'), 404)
    assert.equal(await at('/assetsx.txt'), 404)
  })
  test('lies where the folder of the app says', async () => {
    const entry = import.meta.resolve('../../src/index.ts')
    await using files = await temporaryFiles({
      'package.json': '{"type":"module"}',
      'trestle.config.js': `export const app = { static: { '/': { folder: './site' }, '/more': 'site/more' }, log: 'silent' }`,
      'services/a.js': `import { get, service } from ${JSON.stringify(entry)}
        export const a = service({ on: get('/a'), handle: () => {} })`,
      'site/x.txt': 'x',
      'site/more/y.txt': 'y',
    })
    const { app } = await openApp(files.folder)
    await using _app = app
    for (const [path, body] of [
      ['/x.txt', 'x'],
      ['/more/y.txt', 'y'],
    ]) {
      assert.equal(await (await app.fetch(new Request(`http://localhost${path}`))).text(), body)
    }
  })
  test('may be in an app that is mounted in another', async () => {
    await using files = await temporaryFiles({ 'x.txt': 'x', 'a/index.html': 'a' })
    const inner = createApp({ services: [], static: { '/': files.folder }, log: silentLogger })
    await using outer = createApp({ services: [], mount: { '/shop': inner }, log: silentLogger })
    const { port } = await outer.listen({ port: 0 })
    assert.equal((await ask(port, 'GET /shop/x.txt')).body.toString(), 'x')
    assert.equal(headerOf(await ask(port, 'GET /shop/a'), 'location'), './a/')
  })
  test('follows links inside, and out of it only where that is said', async () => {
    for (const outside of [false, true]) {
      await using site = await siteOf({ outside })
      const folder = site.files.folder
      await symlink(join(folder, 'public/app.js'), join(folder, 'public/inside.js'))
      await symlink(join(folder, 'secret.txt'), join(folder, 'public/out.txt'))
      await symlink(join(folder, 'public-too'), join(folder, 'public/too'))
      await symlink('loop', join(folder, 'public/loop'))
      assert.equal((await ask(site.port, 'GET /inside.js')).status, 200)
      assert.equal((await ask(site.port, 'GET /out.txt')).status, outside ? 200 : 404)
      assert.equal((await ask(site.port, 'GET /too/secret.txt')).status, outside ? 200 : 404)
      assert.equal((await ask(site.port, 'GET /loop')).status, 404)
    }
  })
  test('is compressed where the app says so, and no file beside it is', async () => {
    const long = 'text '.repeat(40_000)
    await using files = await temporaryFiles({ 'a.txt': long, 'b.txt': long, 'b.txt.gz': 'kept', 'c.png': long })
    await using served = await serveApp({ services: [], compress: true, static: { '/': files.folder } })
    const gzip = { 'Accept-Encoding': 'gzip' }
    const fetched = await served.app.fetch(new Request('http://test/a.txt', { headers: gzip }))
    assert.deepEqual(
      [fetched.headers.get('content-encoding'), fetched.headers.get('vary'), fetched.headers.get('content-length')],
      ['gzip', 'Accept-Encoding', null],
    )
    assert.equal(gunzipSync(await fetched.arrayBuffer()).toString(), long)
    const etag = fetched.headers.get('etag') ?? ''
    const known = await ask(served.port, 'GET /a.txt', { ...gzip, 'If-None-Match': etag })
    assert.deepEqual([known.status, headerOf(known, 'etag'), headerOf(known, 'vary')], [304, etag, 'Accept-Encoding'])
    const part = await ask(served.port, 'GET /a.txt', { ...gzip, Range: 'bytes=0-3' })
    assert.deepEqual([part.status, headerOf(part, 'content-encoding'), part.body.toString()], [206, undefined, 'text'])
    assert.equal(headerOf(part, 'vary'), 'Accept-Encoding')
    const twin = await ask(served.port, 'GET /b.txt', gzip)
    assert.deepEqual([headerOf(twin, 'content-encoding'), twin.body.toString()], ['gzip', 'kept'])
    const picture = await ask(served.port, 'HEAD /c.png', gzip)
    assert.equal(headerOf(picture, 'content-encoding'), undefined)
  })
  test('does not start without its folder, or with a path that is none', async () => {
    await using files = await temporaryFiles({ file: '' })
    await mkdir(join(files.folder, 'empty'))
    for (const [settings, why] of [
      [{ '/': join(files.folder, 'nothing') }, /no folder/],
      [{ '/': join(files.folder, 'file') }, /no folder/],
      [{ '/': { folder: join(files.folder, 'empty'), spa: 'index.html' } }, /single-page app/],
      [{ assets: files.folder }, /no path/],
      [{ '/{id}': files.folder }, /no path/],
      [{ '//': files.folder }, /no path/],
      [{ '/': { folder: files.folder, headers: { 'Content-Length': '1' } } }, /cannot be sent/],
      [{ '/': { folder: files.folder, headers: { A: 'a\nb' } } }, /cannot be sent/],
    ] as const) {
      assert.throws(
        () => createApp({ services: [], static: settings, log: silentLogger }),
        (error) => error instanceof StartupError && why.test(error.message),
      )
    }
  })
})

suite('a single-page app', () => {
  const html = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
  test('has its page on each path that somebody navigates to', async () => {
    await using site = await siteOf({ spa: 'index.html', maxAge: 60 })
    for (const path of ['/', '/cars', '/cars/7', '/cars/7/', '/bare/', '/a%20b/c']) {
      const reply = await ask(site.port, `GET ${path}`, html)
      assert.deepEqual([reply.status, reply.body.toString()], [200, page], path)
      assert.equal(headerOf(reply, 'cache-control'), 'no-cache', path)
      assert.equal((await ask(site.port, `HEAD ${path}`, html)).status, 200, path)
    }
    assert.equal(headerOf(await ask(site.port, 'GET /cars', html), 'vary'), 'Accept-Encoding, Accept')
  })
  test('has it for nothing else', async () => {
    await using site = await siteOf({ spa: 'index.html' })
    const nothing: readonly (readonly [line: string, headers: Record<string, string>])[] = [
      ['GET /cars', {}],
      ['GET /cars', { Accept: '*/*' }],
      ['GET /cars', { Accept: 'application/json' }],
      ['GET /cars', { Accept: 'text/html;q=0, */*' }],
      ['GET /missing.js', html],
      ['GET /assets/missing.png', html],
      ['POST /cars', html],
      ['GET /.env', html],
      ['GET /../secret.txt', html],
    ]
    for (const [line, headers] of nothing) {
      const reply = await ask(site.port, line, headers)
      assert.deepEqual([reply.status, jsonOf(reply).code], [404, 'route_not_found'], line)
    }
  })
  test('may live below a path', async () => {
    await using site = await siteOf({ spa: 'index.html', below: '/shop' })
    assert.equal((await ask(site.port, 'GET /shop/cars', html)).body.toString(), page)
    assert.equal((await ask(site.port, 'GET /shop/app.js')).body.toString(), 'let app')
    assert.equal(headerOf(await ask(site.port, 'GET /shop'), 'location'), './shop/')
    assert.equal((await ask(site.port, 'GET /shopping', html)).status, 404)
    assert.equal((await ask(site.port, 'GET /', html)).status, 404)
  })
})

suite('files that are compressed beforehand', () => {
  test('are sent to clients that take them, each with a tag of its own', async () => {
    await using site = await siteOf()
    const original = 'let app'
    const packed = gzipSync(original)
    await site.files.write('public/app.js.gz', packed)
    await site.files.write('public/app.js.br', 'brotli')
    await site.files.write('public/app.js.zst', 'zstd')
    const tags = new Set<string>()
    for (const [accepted, coding] of [
      ['gzip', 'gzip'],
      ['gzip, deflate, br, zstd', 'br'],
      ['gzip, zstd', 'zstd'],
      ['br;q=0.5, gzip;q=0.8', 'gzip'],
      ['*', 'br'],
      ['br;q=0, *', 'zstd'],
      ['BR', 'br'],
      ['identity, br;q=0.5', undefined],
      ['deflate', undefined],
      ['', undefined],
      [undefined, undefined],
    ] as const) {
      const headers: Record<string, string> = accepted === undefined ? {} : { 'Accept-Encoding': accepted }
      const reply = await ask(site.port, 'GET /app.js', headers)
      assert.equal(headerOf(reply, 'content-encoding'), coding, accepted ?? 'none')
      assert.equal(headerOf(reply, 'content-type'), 'text/javascript; charset=utf-8')
      assert.deepEqual(headersOf(reply, 'vary'), ['Accept-Encoding'])
      tags.add(headerOf(reply, 'etag') ?? '')
      if (coding === 'gzip') assert.equal(reply.body.toString('hex'), packed.toString('hex'))
      if (coding === undefined) assert.equal(reply.body.toString(), original)
    }
    assert.equal(tags.size, 4)
  })
  test('are left alone where that is said', async () => {
    await using site = await siteOf({ precompressed: false })
    await site.files.write('public/app.js.gz', 'packed')
    const reply = await ask(site.port, 'GET /app.js')
    assert.deepEqual([headerOf(reply, 'content-encoding'), headerOf(reply, 'vary')], [undefined, undefined])
  })
})

/** Ways out of a folder that have worked somewhere. */
const nasty: readonly string[] = [
  '/../secret.txt',
  '/../../secret.txt',
  '/./../secret.txt',
  '/bare/../../secret.txt',
  '/bare/../app.js',
  '/..',
  '/../',
  '/.',
  '/./app.js',
  '//secret.txt',
  '//app.js',
  '/bare//x.txt',
  '///etc/passwd',
  '/%2e%2e/secret.txt',
  '/%2E%2E/secret.txt',
  '/.%2e/secret.txt',
  '/%2e./secret.txt',
  '/%2e%2e%2fsecret.txt',
  '/..%2fsecret.txt',
  '/..%2Fsecret.txt',
  '/%2e%2e%5csecret.txt',
  '/..%5csecret.txt',
  '/..\\secret.txt',
  '/bare\\..\\..\\secret.txt',
  '/bare%2f..%2f..%2fsecret.txt',
  '/bare%2fx.txt',
  '/bare%5cx.txt',
  '/%252e%252e/secret.txt',
  '/%252e%252e%252fsecret.txt',
  '/..%252fsecret.txt',
  '/%2fetc%2fpasswd',
  '/%2f..%2fsecret.txt',
  '/....//secret.txt',
  '/...//secret.txt',
  '/..;/secret.txt',
  '/.../secret.txt',
  '/../public-too/secret.txt',
  '/%2e%2e/public-too/secret.txt',
  '/..%c0%afsecret.txt',
  '/%c0%ae%c0%ae/secret.txt',
  '/%e0%80%ae%e0%80%ae/secret.txt',
  '/..%ef%bc%8fsecret.txt',
  '/%u002e%u002e/secret.txt',
  '/app.js%00',
  '/app.js%00.png',
  '/..%00/secret.txt',
  '/%',
  '/%2',
  '/.env',
  '/%2eenv',
  '/.git/config',
  '/bare/.hidden',
  '/app.js/..',
  '/app.js/../app.js',
  '/C:/secret.txt',
  '/file:///etc/passwd',
]

suite('a path that would lead out of the folder', () => {
  test('leads nowhere', async () => {
    await using site = await siteOf()
    await using connection = await RawConnection.open(site.port)
    for (const path of nasty) {
      connection.send(requestText(`GET ${path}`))
      const reply = await connection.reply()
      assert.ok(reply.status === 404 || reply.status === 400, `${path}: ${reply.status}`)
      assert.equal(headerOf(reply, 'content-type'), 'application/problem+json', path)
      assert.ok(!reply.body.includes('SECRET') && !reply.body.includes('let app'), path)
    }
  })
})
