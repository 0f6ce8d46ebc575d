import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { byteStream, bytes, file } from '../../src/http/forms/models.ts'
import { post, put } from '../../src/http/rest-channel.ts'
import { service } from '../../src/kernel/service.ts'
import { ask, headerOf, jsonOf, RawConnection, requestText } from './raw-connection.ts'
import { serve } from './served.ts'

const store = service({
  name: 'store',
  input: z.object({ name: z.string(), draft: z.boolean().optional(), content: byteStream({ maxBytes: 100 }) }),
  output: z.unknown(),
  on: put('/files/{name}'),
  handle: async ({ input: { content, ...rest } }) => ({
    ...rest,
    type: content.type,
    size: content.size ?? null,
    text: await content.text(),
  }),
})
const hook = service({
  name: 'hook',
  input: z.object({ body: bytes(), signature: z.string() }),
  output: z.unknown(),
  on: post('/hook', { in: { signature: { in: 'header', name: 'X-Signature' } } }),
  handle: ({ input }) => ({ bytes: [...input.body], signature: input.signature }),
})
const image = service({
  name: 'image',
  input: bytes({ types: ['image/*'], maxBytes: 10 }),
  output: z.int(),
  on: post('/image'),
  handle: ({ input }) => input.length,
})
const attach = service({
  name: 'attach',
  input: z.object({ content: file() }),
  output: z.unknown(),
  on: post('/attach', { consumes: ['bytes'] }),
  handle: async ({ input: { content } }) => ({ type: content.type, text: await content.text() }),
})
const all = [store, hook, image, attach]

suite('a whole body', () => {
  test('is a stream, whatever its Content-Type', async () => {
    await using served = await serve(all)
    for (const type of ['application/json', 'text/x; charset=ebcdic', 'nonsense']) {
      const reply = await ask(served.port, 'PUT /files/a?draft=true', { 'Content-Type': type }, '{"name"')
      assert.equal(reply.status, 200, reply.body.toString())
      assert.deepEqual(jsonOf(reply), { name: 'a', draft: true, type, size: 7, text: '{"name"' })
    }
    const reply = await ask(served.port, 'PUT /files/a', {}, 'x')
    assert.deepEqual(jsonOf(reply), { name: 'a', type: '', size: 1, text: 'x' })
  })

  test('is a stream through app.fetch', async () => {
    await using served = await serve(all)
    const reply = await served.fetch(new Request('http://localhost/files/a', { method: 'PUT', body: 'Hello' }))
    assert.equal(((await reply.json()) as Record<string, unknown>).text, 'Hello')
  })

  test('may be empty', async () => {
    await using served = await serve(all)
    assert.equal(jsonOf(await ask(served.port, 'PUT /files/a', {}, '')).text, '')
    assert.equal(jsonOf(await ask(served.port, 'PUT /files/a')).text, '')
    assert.deepEqual(jsonOf(await ask(served.port, 'POST /hook', { 'X-Signature': 's' })).bytes, [])
  })

  test('is bytes, exactly as they were sent', async () => {
    await using served = await serve(all)
    const headers = { 'X-Signature': 's', 'Content-Type': 'application/json' }
    const reply = await ask(served.port, 'POST /hook', headers, new Uint8Array([0, 255, 13, 10]))
    assert.deepEqual(jsonOf(reply), { bytes: [0, 255, 13, 10], signature: 's' })
  })

  test('may be the input itself, of declared types only', async () => {
    await using served = await serve(all)
    const image = await ask(served.port, 'POST /image', { 'Content-Type': 'image/png' }, 'abc')
    assert.equal(image.body.toString(), '3')
    const text = await ask(served.port, 'POST /image', { 'Content-Type': 'text/plain' }, 'abc')
    assert.equal(text.status, 415)
    assert.equal(jsonOf(text).detail, 'The body is text/plain; send image/*')
    assert.equal(headerOf(text, 'accept'), 'image/*')
    const large = await ask(served.port, 'POST /image', { 'Content-Type': 'image/png' }, 'x'.repeat(11))
    assert.equal(large.status, 413)
  })

  test('may be a file', async () => {
    await using served = await serve(all)
    const reply = await ask(served.port, 'POST /attach', { 'Content-Type': 'text/csv' }, 'a,b')
    assert.deepEqual(jsonOf(reply), { type: 'text/csv', text: 'a,b' })
  })

  test('is refused beyond its limit, with a length and without', async () => {
    await using served = await serve(all)
    const known = await ask(served.port, 'PUT /files/a', {}, 'x'.repeat(101))
    assert.equal(known.status, 413)
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('PUT /files/a', { 'Transfer-Encoding': 'chunked' }))
    connection.send(`65\r\n${'x'.repeat(101)}\r\n0\r\n\r\n`)
    const unknown = await connection.reply()
    assert.equal(unknown.status, 413)
    assert.equal(jsonOf(unknown).detail, 'The body may measure 100 bytes')
    connection.send(requestText('PUT /files/a', {}, 'next'))
    assert.equal(jsonOf(await connection.reply()).text, 'next')
    assert.deepEqual(served.errors(), [])
  })

  test('is asked for only when it is read', async () => {
    await using served = await serve(all)
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('PUT /files/a', { Expect: '100-continue', 'Content-Length': '2' }))
    assert.equal((await connection.reply()).status, 100)
    connection.send('ok')
    assert.equal(jsonOf(await connection.reply()).text, 'ok')
    connection.send(requestText('PUT /files/a', { Expect: '100-continue', 'Content-Length': '200' }))
    assert.equal((await connection.reply()).status, 413)
  })

  test('that breaks in its framing is malformed', async () => {
    await using served = await serve(all)
    await using connection = await RawConnection.open(served.port)
    connection.send(requestText('PUT /files/a', { 'Transfer-Encoding': 'chunked' }), '2\r\nok\r\nnonsense\r\n')
    const reply = await connection.reply()
    assert.equal(reply.status, 400)
    assert.equal(jsonOf(reply).code, 'malformed_request')
    assert.equal(await connection.rest(), '')
  })
})

suite('a stream that a service does not read to its end', () => {
  const first = service({
    name: 'first',
    input: z.object({ content: byteStream({ maxBytes: 10_000_000 }) }),
    output: z.string(),
    on: put('/first'),
    handle: async ({ input }) => {
      for await (const chunk of input.content) return Buffer.from(chunk).toString('latin1', 0, 1)
      return ''
    },
  })
  const never = service({
    name: 'never',
    input: z.object({ content: byteStream({ maxBytes: 10_000_000 }) }),
    on: put('/never'),
    handle: () => {},
  })
  const forgotten = service({
    name: 'forgotten',
    input: z.object({ content: byteStream({ maxBytes: 10_000_000 }) }),
    on: put('/forgotten'),
    handle: async ({ input }) => void (await input.content[Symbol.asyncIterator]().next()),
  })

  for (const path of ['/first', '/never', '/forgotten']) {
    test(`does not hold up the connection (${path})`, async () => {
      await using served = await serve([first, never, forgotten])
      await using connection = await RawConnection.open(served.port)
      const body = Buffer.alloc(5_000_000, 120)
      for (let count = 0; count < 3; count++) connection.send(requestText(`PUT ${path}`, {}, body))
      for (let count = 0; count < 3; count++) assert.ok((await connection.reply()).status < 300)
      assert.deepEqual(served.errors(), [])
    })
  }

  test('cannot be read behind the reply', async () => {
    const failures: unknown[] = []
    const late = service({
      name: 'late',
      input: z.object({ content: byteStream() }),
      on: put('/late'),
      handle: ({ input, afterReply }) => afterReply(async () => void failures.push(await input.content.text())),
    })
    await using served = await serve([late])
    assert.equal((await ask(served.port, 'PUT /late', {}, 'text')).status, 204)
    await served.settled()
    assert.deepEqual(failures, [])
    assert.match(served.errors()[0]?.message ?? '', /can be read once, and before its reply$/)
  })
})

test('a stream can be saved to a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'raw-test-'))
  const save = service({
    name: 'save',
    input: z.object({ content: byteStream({ maxBytes: 1_000_000 }) }),
    on: put('/save'),
    handle: ({ input }) => input.content.saveTo(join(folder, 'x')),
  })
  try {
    await using served = await serve([save])
    const body = Buffer.alloc(900_000, 66)
    assert.equal((await ask(served.port, 'PUT /save', {}, body)).status, 204)
    assert.deepEqual(await readFile(join(folder, 'x')), body)
  } finally {
    await rm(folder, { recursive: true })
  }
})
