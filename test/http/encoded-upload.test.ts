import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { z } from 'zod'
import { byteStream, bytes, file } from '../../src/http/forms/models.ts'
import { post, put } from '../../src/http/rest-channel.ts'
import { service } from '../../src/kernel/service.ts'
import { type ServedApp, serveApp } from './app-served.ts'
import { formBody, multipart } from './form-body.ts'
import { ask, jsonOf, RawConnection, requestText } from './raw-connection.ts'

const maxBytes = 200_000
const output = z.object({ size: z.int(), last: z.string() })
const sizeOf = (content: Uint8Array): z.infer<typeof output> => {
  return { size: content.length, last: Buffer.from(content.subarray(-3)).toString() }
}
const services = [
  service({
    name: 'stream',
    input: z.object({ content: byteStream({ maxBytes }) }),
    output,
    on: put('/stream'),
    handle: async ({ input }) => sizeOf(await input.content.bytes()),
  }),
  service({
    name: 'first',
    input: z.object({ content: byteStream({ maxBytes }) }),
    output,
    on: put('/first'),
    handle: async ({ input }) => {
      for await (const chunk of input.content) return sizeOf(chunk.subarray(0, 3))
      return sizeOf(new Uint8Array(0))
    },
  }),
  service({
    name: 'bytes',
    input: z.object({ content: bytes({ maxBytes }) }),
    output,
    on: [put('/bytes'), put('/refusing', { contentEncoding: 'refuse' })],
    handle: ({ input }) => sizeOf(input.content),
  }),
  service({
    name: 'form',
    input: z.object({ content: file({ maxBytes }) }),
    output,
    on: post('/form'),
    handle: async ({ input }) => sizeOf(new Uint8Array(await input.content.arrayBuffer())),
  }),
]

const content = Buffer.from(`${'x'.repeat(99_997)}end`)
const whole = { size: 100_000, last: 'end' }
const form = formBody([{ name: 'content', content, fileName: 'a' }])
const huge = Buffer.alloc(50_000_000)

const ways: Readonly<Record<string, readonly [line: string, headers: Readonly<Record<string, string>>, body: Buffer]>> =
  {
    'a stream': ['PUT /stream', {}, content],
    bytes: ['PUT /bytes', {}, content],
    'a form': ['POST /form', multipart, form],
  }
const codings: Readonly<Record<string, readonly [coding: string, encode: (body: Uint8Array) => Buffer]>> = {
  gzip: ['gzip', gzipSync],
  deflate: ['deflate', deflateSync],
  'deflate without its wrapper': ['deflate', deflateRawSync],
  br: ['br', brotliCompressSync],
  zstd: ['zstd', zstdCompressSync],
  'gzip in br': ['gzip, br', (body) => brotliCompressSync(gzipSync(body))],
}

/** An app whose temporary files are gone when it is. */
async function serveUploads(): Promise<ServedApp> {
  const folder = await mkdtemp(join(tmpdir(), 'encoded-upload-'))
  const served = await serveApp({ services, uploads: { folder } })
  const close = async (): Promise<void> => {
    await served[Symbol.asyncDispose]()
    for (const each of await readdir(folder)) assert.deepEqual(await readdir(join(folder, each)), [])
    await rm(folder, { recursive: true })
  }
  return { ...served, [Symbol.asyncDispose]: close }
}

suite('a body that is read while it comes', () => {
  for (const [what, [line, type, body]] of Object.entries(ways)) {
    for (const [how, [coding, encode]] of Object.entries(codings)) {
      test(`may be ${how}, as ${what}`, async () => {
        await using served = await serveUploads()
        const headers = { ...type, 'Content-Encoding': coding }
        const reply = await ask(served.port, line, headers, encode(body))
        assert.deepEqual([reply.status, jsonOf(reply)], [200, whole])
        const [method, path] = line.split(' ')
        const sent = new Request(`http://localhost${path}`, { method: method ?? '', headers, body: encode(body) })
        assert.deepEqual(await (await served.app.fetch(sent)).json(), whole)
      })
    }
    test(`is measured by what comes out of it, as ${what}`, async () => {
      await using served = await serveUploads()
      const bomb = line.startsWith('POST') ? formBody([{ name: 'content', content: huge, fileName: 'a' }]) : huge
      const headers = { ...type, 'Content-Encoding': 'gzip' }
      const reply = await ask(served.port, line, headers, gzipSync(bomb))
      assert.deepEqual([reply.status, jsonOf(reply).code], [413, 'body_too_large'])
    })
    test(`is malformed where it is not encoded so, or ends too early, as ${what}`, async () => {
      await using served = await serveUploads()
      const headers = { ...type, 'Content-Encoding': 'gzip' }
      for (const sent of [body, gzipSync(body).subarray(0, -20), Buffer.from([0x1f])]) {
        const reply = await ask(served.port, line, headers, sent)
        assert.deepEqual([reply.status, jsonOf(reply).code], [400, 'malformed_body'])
      }
    })
  }
  test('has a limit for what goes in, whatever comes out', async () => {
    await using served = await serveUploads()
    const nothing = gzipSync(new Uint8Array(0))
    const members = Buffer.concat(Array.from({ length: Math.ceil((maxBytes + 1) / nothing.length) }, () => nothing))
    const reply = await ask(served.port, 'PUT /stream', { 'Content-Encoding': 'gzip' }, members)
    assert.deepEqual([reply.status, jsonOf(reply).code], [413, 'body_too_large'])
  })
  test('may be empty', async () => {
    await using served = await serveUploads()
    const none = { size: 0, last: '' }
    for (const line of ['PUT /stream', 'PUT /bytes']) {
      const plain = await ask(served.port, line, { 'Content-Encoding': 'gzip' }, '')
      assert.deepEqual([plain.status, jsonOf(plain)], [200, none])
      const chunked = { 'Content-Encoding': 'gzip', 'Transfer-Encoding': 'chunked' }
      await using connection = await RawConnection.open(served.port)
      connection.send(requestText(line, chunked), '0\r\n\r\n')
      const reply = await connection.reply()
      assert.deepEqual([reply.status, jsonOf(reply)], [200, none])
    }
  })
  test('may be left by its service before its end, and the connection serves on', async () => {
    await using served = await serveUploads()
    await using connection = await RawConnection.open(served.port)
    const body = gzipSync(content)
    const head = requestText('PUT /first', { 'Content-Encoding': 'gzip', 'Content-Length': String(body.length) })
    for (let round = 0; round < 3; round++) {
      connection.send(head, body)
      assert.deepEqual(jsonOf(await connection.reply()), { size: 3, last: 'xxx' })
    }
  })
  test('is refused where codings are, or where one is not known', async () => {
    await using served = await serveUploads()
    const refused = await ask(served.port, 'PUT /refusing', { 'Content-Encoding': 'gzip' }, gzipSync('x'))
    assert.equal(refused.status, 415)
    const unknown = await ask(served.port, 'PUT /stream', { 'Content-Encoding': 'compress' }, 'x')
    assert.equal(unknown.status, 415)
  })
})
