import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdirSync, readlinkSync } from 'node:fs'
import { rename, symlink, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { type FileOptions, sendFile } from '../../src/http/files/send-file.ts'
import { get } from '../../src/http/rest-channel.ts'
import { media } from '../../src/kernel/media.ts'
import { type Service, service } from '../../src/kernel/service.ts'
import { ask, headerOf, jsonOf, RawConnection, type RawReply, requestText } from './raw-connection.ts'
import { type Served, serve } from './served.ts'
import { type TemporaryFiles, temporaryFiles } from './temporary-files.ts'

const changed = new Date('2026-01-31T12:00:00.5Z')
const lastModified = 'Sat, 31 Jan 2026 12:00:00 GMT'

function sender(path: string | URL, options?: FileOptions): Service {
  return service({ name: 'file', on: get('/file'), handle: () => sendFile(path, options) })
}

/** A file of ten digits that was changed long ago, behind `/file`. */
async function digits(): Promise<{ files: TemporaryFiles; served: Served; etag: string }> {
  const files = await temporaryFiles({ 'digits.txt': '0123456789' })
  await utimes(join(files.folder, 'digits.txt'), changed, changed)
  const served = await serve([sender(join(files.folder, 'digits.txt'))])
  const etag = headerOf(await ask(served.port, 'GET /file'), 'etag') ?? ''
  return { files, served, etag }
}

suite('a file', () => {
  test('is sent with its type, size and validators', async () => {
    await using files = await temporaryFiles({ 'a.txt': 'grüß' })
    await utimes(join(files.folder, 'a.txt'), changed, changed)
    await using served = await serve([sender(join(files.folder, 'a.txt'))])
    const reply = await ask(served.port, 'GET /file')
    assert.equal(reply.statusLine, 'HTTP/1.1 200 OK')
    assert.equal(reply.body.toString(), 'grüß')
    assert.equal(headerOf(reply, 'content-type'), 'text/plain; charset=utf-8')
    assert.equal(headerOf(reply, 'content-length'), '6')
    assert.equal(headerOf(reply, 'last-modified'), lastModified)
    assert.equal(headerOf(reply, 'accept-ranges'), 'bytes')
    assert.equal(headerOf(reply, 'x-content-type-options'), 'nosniff')
    assert.match(headerOf(reply, 'etag') ?? '', /^"[^"]+"$/)
    assert.equal(headerOf(reply, 'cache-control'), undefined)
    assert.equal(headerOf(reply, 'content-disposition'), undefined)
    assert.ok(headerOf(reply, 'x-correlation-id'))
  })
  test('has on HEAD the same headers, and is not read', async () => {
    await using files = await temporaryFiles({ small: 'x', large: Buffer.alloc(300_000) })
    for (const name of ['small', 'large']) {
      await using served = await serve([sender(join(files.folder, name))])
      await using connection = await RawConnection.open(served.port)
      connection.send(
        requestText('HEAD /file', { 'X-Correlation-ID': 'c' }),
        requestText('GET /file', { 'X-Correlation-ID': 'c' }),
      )
      const fields = (reply: RawReply) => reply.fields.filter(([field]) => field !== 'Date')
      const head = await connection.reply('HEAD')
      const got = await connection.reply()
      assert.deepEqual(fields(head), fields(got))
      assert.equal(head.body.length, 0)
      assert.equal(got.body.length, name === 'small' ? 1 : 300_000)
    }
  })
  for (const [name, type] of Object.entries({
    'a.html': 'text/html; charset=utf-8',
    'a.js': 'text/javascript; charset=utf-8',
    'a.css': 'text/css; charset=utf-8',
    'a.json': 'application/json',
    'a.svg': 'image/svg+xml',
    'a.PNG': 'image/png',
    'a.woff2': 'font/woff2',
    'a.unheard': 'application/octet-stream',
    a: 'application/octet-stream',
  })) {
    test(`named ${name} is ${type}`, async () => {
      await using files = await temporaryFiles({ [name]: 'x' })
      await using served = await serve([sender(pathToFileURL(join(files.folder, name)))])
      assert.equal(headerOf(await ask(served.port, 'GET /file'), 'content-type'), type)
    })
  }
  test('is sent as its options say', async () => {
    await using files = await temporaryFiles({ x: '%PDF', empty: '' })
    const send = async (options: FileOptions): Promise<RawReply> => {
      await using served = await serve([sender('x', { root: files.folder, ...options })])
      return await ask(served.port, 'GET /file')
    }
    const named = await send({ type: 'application/pdf', name: 'Übersicht.pdf', maxAge: 60, headers: { 'X-Own': '1' } })
    assert.equal(headerOf(named, 'content-type'), 'application/pdf')
    assert.equal(
      headerOf(named, 'content-disposition'),
      `attachment; filename="_bersicht.pdf"; filename*=UTF-8''%C3%9Cbersicht.pdf`,
    )
    assert.equal(headerOf(named, 'cache-control'), 'max-age=60')
    assert.equal(headerOf(named, 'x-own'), '1')
    const inline = await send({ name: 'a.pdf', inline: true, immutable: true, status: 203 })
    assert.equal(inline.status, 203)
    assert.equal(headerOf(inline, 'content-disposition'), 'inline; filename="a.pdf"')
    assert.equal(headerOf(inline, 'cache-control'), 'max-age=31536000, immutable')
    await using served = await serve([sender('empty', { root: files.folder })])
    const empty = await ask(served.port, 'GET /file', { Range: 'bytes=0-' })
    assert.deepEqual([empty.status, headerOf(empty, 'content-length'), empty.body.length], [200, '0', 0])
  })
  test('has the tag that its service gives it, for conditions and ranges, too', async () => {
    await using files = await temporaryFiles({ x: '0123' })
    await using served = await serve([sender('x', { root: files.folder, headers: { ETag: '"v7"' } })])
    const statusOf = async (headers: Record<string, string>): Promise<number> =>
      (await ask(served.port, 'GET /file', headers)).status
    assert.equal(await statusOf({ 'If-None-Match': '"v7"' }), 304)
    assert.equal(await statusOf({ 'If-Match': '"v6"' }), 412)
    assert.equal(await statusOf({ 'If-Range': '"v7"', Range: 'bytes=0-0' }), 206)
    assert.equal(await statusOf({ 'If-Range': '"v6"', Range: 'bytes=0-0' }), 200)
  })
  test('that is not there, or is none, is not found', async () => {
    await using files = await temporaryFiles({ 'folder/x': '' })
    for (const path of ['nothing', 'folder', 'folder/x/y', 'x'.repeat(5000), 'a\0b']) {
      await using served = await serve([sender(path, { root: files.folder })])
      const reply = await ask(served.port, 'GET /file')
      assert.deepEqual([reply.status, jsonOf(reply).code], [404, 'not_found'], path.slice(0, 20))
      assert.deepEqual(served.errors(), [])
    }
  })
  test('is kept inside its folder, whatever path a client gives', async () => {
    await using files = await temporaryFiles({ 'public/a.txt': 'a', secret: 's', 'public-too/x': 's' })
    await symlink(join(files.folder, 'secret'), join(files.folder, 'public/link'))
    const named = service({
      name: 'named',
      input: z.object({ name: z.string() }),
      on: get('/files'),
      handle: ({ input }) => sendFile(input.name, { root: join(files.folder, 'public') }),
    })
    await using served = await serve([named])
    assert.equal((await ask(served.port, 'GET /files?name=a.txt')).body.toString(), 'a')
    for (const name of [
      '../secret',
      '../public-too/x',
      join(files.folder, 'secret'),
      'link',
      'x/../../secret',
      '..',
      '',
    ]) {
      assert.equal((await ask(served.port, `GET /files?name=${encodeURIComponent(name)}`)).status, 404, name)
    }
  })
  test('that takes the place of another is seen at once', async () => {
    const { files, served, etag } = await digits()
    await using _files = files
    await using _served = served
    await files.write('other', '9876543210')
    await utimes(join(files.folder, 'other'), changed, changed)
    await rename(join(files.folder, 'other'), join(files.folder, 'digits.txt'))
    const reply = await ask(served.port, 'GET /file', { 'If-None-Match': etag })
    assert.deepEqual([reply.status, reply.body.toString()], [200, '9876543210'])
  })
})

suite('the conditions of a request for a file', () => {
  const early = 'Fri, 30 Jan 2026 12:00:00 GMT'
  const late = 'Sun, 01 Feb 2026 12:00:00 GMT'
  /** `E` stands for the tag of the file. */
  const table: readonly (readonly [headers: Record<string, string>, status: number])[] = [
    [{ 'If-None-Match': 'E' }, 304],
    [{ 'If-None-Match': 'W/E' }, 304],
    [{ 'If-None-Match': '"x", E' }, 304],
    [{ 'If-None-Match': '*' }, 304],
    [{ 'If-None-Match': '"x"' }, 200],
    [{ 'If-None-Match': '"x"', 'If-Modified-Since': late }, 200],
    [{ 'If-Modified-Since': lastModified }, 304],
    [{ 'If-Modified-Since': late }, 304],
    [{ 'If-Modified-Since': early }, 200],
    [{ 'If-Modified-Since': 'yesterday' }, 200],
    [{ 'If-Modified-Since': '2026-02-01T00:00:00Z' }, 200],
    [{ 'If-Modified-Since': 'Saturday, 31-Jan-26 12:00:00 GMT' }, 304],
    [{ 'If-Modified-Since': 'Sat Jan 31 12:00:00 2026' }, 304],
    [{ 'If-Match': 'E' }, 200],
    [{ 'If-Match': '*' }, 200],
    [{ 'If-Match': '"x", E' }, 200],
    [{ 'If-Match': '"x"' }, 412],
    [{ 'If-Match': 'W/E' }, 412],
    [{ 'If-Match': 'E', 'If-Unmodified-Since': early }, 200],
    [{ 'If-Match': 'E', 'If-None-Match': 'E' }, 304],
    [{ 'If-Match': '"x"', 'If-None-Match': 'E' }, 412],
    [{ 'If-Unmodified-Since': early }, 412],
    [{ 'If-Unmodified-Since': lastModified }, 200],
    [{ 'If-Unmodified-Since': 'never' }, 200],
    [{ 'If-None-Match': 'E', Range: 'bytes=0-0' }, 304],
    [{ 'If-Match': '"x"', Range: 'bytes=0-0' }, 412],
    [{ 'If-None-Match': '"x"', Range: 'bytes=0-0' }, 206],
    [{ 'If-Range': 'E', Range: 'bytes=0-0' }, 206],
    [{ 'If-Range': 'W/E', Range: 'bytes=0-0' }, 200],
    [{ 'If-Range': 'CODED', Range: 'bytes=0-0' }, 200],
    [{ 'If-Range': '"x"', Range: 'bytes=0-0' }, 200],
    [{ 'If-Range': lastModified, Range: 'bytes=0-0' }, 206],
    [{ 'If-Range': late, Range: 'bytes=0-0' }, 200],
    [{ 'If-Range': early, Range: 'bytes=0-0' }, 200],
    [{ 'If-Range': 'x', Range: 'bytes=0-0' }, 200],
    [{ 'If-Range': 'E' }, 200],
    [{ 'If-Range': '"x"', Range: 'bytes=50-' }, 200],
  ]
  test('are met or not, on GET and HEAD alike', async () => {
    const { files, served, etag } = await digits()
    await using _files = files
    await using _served = served
    await using connection = await RawConnection.open(served.port)
    for (const [headers, status] of table) {
      const sent = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [
          name,
          value.replace('CODED', etag.replace(/"$/, '-gzip"')).replace(/^(W\/|"x", )?E$/, `$1${etag}`),
        ]),
      )
      const which = JSON.stringify(headers)
      connection.send(requestText('GET /file', sent))
      const reply = await connection.reply()
      assert.equal(reply.status, status, which)
      connection.send(requestText('HEAD /file', sent))
      // HEAD knows no ranges (RFC 9110, 14.2).
      assert.equal((await connection.reply('HEAD')).status, status === 206 ? 200 : status, `HEAD ${which}`)
      if (status === 412) assert.equal(jsonOf(reply).code, 'precondition_failed')
      if (status !== 304) continue
      assert.deepEqual(
        reply.fields
          .map(([name]) => name)
          .filter((name) => !['Date', 'Connection', 'Keep-Alive'].includes(name))
          .sort(),
        ['ETag', 'X-Correlation-ID'],
        which,
      )
    }
    assert.equal(connection.unread, '')
  })
})

suite('parts of a file', () => {
  for (const [range, status, contentRange, body] of [
    ['bytes=0-0', 206, 'bytes 0-0/10', '0'],
    ['bytes=3-', 206, 'bytes 3-9/10', '3456789'],
    ['bytes=-4', 206, 'bytes 6-9/10', '6789'],
    ['bytes=0-99', 206, 'bytes 0-9/10', '0123456789'],
    ['bytes=2-3,50-60', 206, 'bytes 2-3/10', '23'],
    ['bytes=3-2', 200, undefined, '0123456789'],
    ['lines=1-2', 200, undefined, '0123456789'],
    ['bytes=0-9,0-9', 200, undefined, '0123456789'],
  ] as const) {
    test(`asked for as ${range}`, async () => {
      const { files, served } = await digits()
      await using _files = files
      await using _served = served
      const reply = await ask(served.port, 'GET /file', { Range: range })
      assert.equal(reply.status, status)
      assert.equal(headerOf(reply, 'content-range'), contentRange)
      assert.equal(headerOf(reply, 'content-length'), String(body.length))
      assert.equal(reply.body.toString(), body)
    })
  }
  test('that are several come as multipart/byteranges', async () => {
    const { files, served } = await digits()
    await using _files = files
    await using _served = served
    const reply = await ask(served.port, 'GET /file', { Range: 'bytes=8-9, 0-1,-3' })
    assert.equal(reply.status, 206)
    assert.equal(headerOf(reply, 'content-range'), undefined)
    const boundary = /^multipart\/byteranges; boundary=([\w-]+)$/.exec(headerOf(reply, 'content-type') ?? '')?.[1]
    const part = (range: string, body: string): string =>
      `--${boundary}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes ${range}/10\r\n\r\n${body}\r\n`
    assert.equal(
      reply.body.toString(),
      `${part('8-9', '89')}${part('0-1', '01')}${part('7-9', '789')}--${boundary}--\r\n`,
    )
  })
  test('that are not there are refused with the size', async () => {
    const { files, served, etag } = await digits()
    await using _files = files
    await using _served = served
    const reply = await ask(served.port, 'GET /file', { Range: 'bytes=10-', 'If-Range': etag })
    assert.deepEqual([reply.status, jsonOf(reply).code], [416, 'range_not_satisfiable'])
    assert.equal(headerOf(reply, 'content-range'), 'bytes */10')
  })
  test('make up the whole of a large one', async () => {
    const content = Buffer.from(Uint8Array.from({ length: 400_000 }, (_, at) => (at * 7 + (at >> 8)) % 256))
    await using files = await temporaryFiles({ large: content })
    await using served = await serve([sender('large', { root: files.folder })])
    await using connection = await RawConnection.open(served.port)
    connection.send(
      requestText('GET /file', { Range: 'bytes=0-199999' }),
      requestText('GET /file', { Range: 'bytes=200000-' }),
      requestText('GET /file'),
    )
    const [first, second, whole] = [await connection.reply(), await connection.reply(), await connection.reply()]
    assert.ok(Buffer.concat([first.body, second.body]).equals(content))
    assert.ok(whole.body.equals(content))
  })
  test('of bytes in memory are sent where that is asked for', async () => {
    const services = [
      service({ name: 'a', on: get('/ranges'), handle: () => media('0123456789', 'text/plain', { ranges: true }) }),
      service({ name: 'b', on: get('/whole'), handle: () => media('0123456789', 'text/plain') }),
    ]
    await using served = await serve(services)
    const part = await ask(served.port, 'GET /ranges', { Range: 'bytes=2-3' })
    assert.deepEqual([part.status, headerOf(part, 'content-range'), part.body.toString()], [206, 'bytes 2-3/10', '23'])
    const etag = headerOf(part, 'etag') ?? ''
    assert.equal((await ask(served.port, 'GET /ranges', { 'If-None-Match': etag })).status, 304)
    const whole = await ask(served.port, 'GET /whole', { Range: 'bytes=2-3' })
    assert.deepEqual([whole.status, headerOf(whole, 'accept-ranges'), whole.body.length], [200, undefined, 10])
  })
  test('are sent through app.fetch, too', async () => {
    const { files, served, etag } = await digits()
    await using _files = files
    await using _served = served
    const fetched = (headers: Record<string, string>, method: string = 'GET'): Promise<Response> =>
      served.fetch(new Request('http://localhost/file', { method, headers }))
    const part = await fetched({ Range: 'bytes=-2' })
    assert.deepEqual([part.status, await part.text()], [206, '89'])
    assert.equal((await fetched({ 'If-None-Match': etag })).status, 304)
    const head = await fetched({}, 'HEAD')
    assert.deepEqual([head.status, head.headers.get('content-length'), await head.text()], [200, '10', ''])
  })
})

/** How many descriptors of this process are open on files below a folder; where the system does not say, none. */
function openBelow(folder: string): number {
  try {
    return readdirSync('/proc/self/fd').filter((fd) => linkOf(fd).startsWith(folder)).length
  } catch {
    return 0
  }
}

function linkOf(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`)
  } catch {
    return ''
  }
}

suite('a large file', () => {
  const size = 64 * 1024 * 1024
  test('is read as the client takes it, and closed when the client goes away', { timeout: 20_000 }, async () => {
    await using files = await temporaryFiles({ large: Buffer.alloc(size) })
    let replied = Promise.withResolvers<number>()
    await using served = await serve([sender('large', { root: files.folder })], {
      onReply: (_exchange, status) => replied.resolve(status),
    })
    for (const part of [{}, { Range: 'bytes=5-' }, { Range: 'bytes=0-9,100-60000000' }]) {
      replied = Promise.withResolvers()
      const connection = await RawConnection.open(served.port)
      connection.socket.pause()
      connection.send(requestText('GET /file', part))
      connection.socket.once('readable', () => {})
      await once(connection.socket, 'readable')
      connection.socket.destroy()
      assert.equal(await replied.promise, 499)
      while (openBelow(files.folder) > 0) await new Promise((resolve) => setImmediate(resolve))
    }
    assert.deepEqual(served.errors(), [])
  })
  test('of which a Response is not read leaves nothing open', async () => {
    await using files = await temporaryFiles({ large: Buffer.alloc(1024 * 1024) })
    await using served = await serve([sender('large', { root: files.folder })])
    const reply = await served.fetch(new Request('http://localhost/file'))
    assert.equal(reply.status, 200)
    await reply.body?.cancel()
    while (openBelow(files.folder) > 0) await new Promise((resolve) => setImmediate(resolve))
  })
})
