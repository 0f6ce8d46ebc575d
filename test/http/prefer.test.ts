import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { file } from '../../src/http/forms/models.ts'
import { any, get, patch, post, put, type RestDefaults } from '../../src/http/rest-channel.ts'
import { problem } from '../../src/kernel/problem.ts'
import { service } from '../../src/kernel/service.ts'
import { ask, headerOf, jsonOf, type RawReply } from './raw-connection.ts'
import { type Served, serve } from './served.ts'
import { temporaryFiles } from './temporary-files.ts'

const Item = z.object({ id: z.int() })

const served = (prefer: RestDefaults['prefer'], ran: (id: number) => void = () => {}): Promise<Served> =>
  serve(
    [
      service({
        name: 'add',
        input: Item,
        output: Item,
        on: post('/items', { status: 201 }),
        handle: ({ input }) => input,
      }),
      service({
        name: 'change',
        input: Item,
        output: Item,
        on: [put('/items/{id}'), patch('/items/{id}'), get('/items/{id}')],
        handle: ({ input }) => {
          ran(input.id)
          return input
        },
      }),
    ],
    prefer === undefined ? {} : { prefer },
  )

const send = (port: number, line: string, preference: string, body: unknown = { id: 1 }): Promise<RawReply> =>
  ask(port, line, { 'Content-Type': 'application/json', Prefer: preference }, JSON.stringify(body))

suite('a client that prefers', () => {
  test('a minimal reply gets one without a body', async () => {
    await using server = await served(true)
    const changed = await send(server.port, 'PUT /items/1', 'return=minimal')
    assert.deepEqual(
      [changed.status, headerOf(changed, 'Preference-Applied'), headerOf(changed, 'Vary')],
      [204, 'return=minimal', 'Prefer'],
    )
    assert.equal(headerOf(changed, 'Content-Type'), undefined)
    const added = await send(server.port, 'POST /items', 'return="minimal"; x=1, wait=5')
    assert.deepEqual([added.status, headerOf(added, 'Content-Length'), added.body.length], [201, '0', 0])
  })
  test('a whole reply gets it, and is told so', async () => {
    await using server = await served(true)
    const reply = await send(server.port, 'PATCH /items/1', 'return=representation')
    assert.deepEqual([reply.status, headerOf(reply, 'Preference-Applied')], [200, 'return=representation'])
    assert.deepEqual(jsonOf(reply), { id: 1 })
  })
  test('not to wait is let go once its input is known to be good', async () => {
    const { promise, resolve } = Promise.withResolvers<number>()
    await using server = await served(true, resolve)
    const reply = await send(server.port, 'PUT /items/7', 'respond-async', {})
    assert.deepEqual(
      [reply.status, headerOf(reply, 'Preference-Applied'), headerOf(reply, 'Content-Length')],
      [202, 'respond-async', '0'],
    )
    assert.equal(await promise, 7)
    const refused = await send(server.port, 'PUT /items/x', 'respond-async', {})
    assert.equal(refused.status, 422)
    assert.equal(headerOf(refused, 'Preference-Applied'), undefined)
  })
  test('something else, or errs, is answered as usual', async () => {
    await using server = await served(true)
    const reply = await send(server.port, 'PUT /items/1', 'return=nothing, colour=blue')
    assert.deepEqual([reply.status, headerOf(reply, 'Preference-Applied')], [200, undefined])
    const failed = await send(server.port, 'PUT /items/x', 'return=minimal')
    assert.equal(failed.status, 422)
    assert.ok(failed.body.length > 0)
  })
  test('anything of a channel for every method is listened to only where it changes', async () => {
    const every = service({
      name: 'every',
      output: Item,
      on: any('/every', { prefer: true }),
      handle: () => ({ id: 1 }),
    })
    await using server = await serve([every])
    const read = await ask(server.port, 'GET /every', { Prefer: 'return=minimal, respond-async' })
    assert.deepEqual([read.status, headerOf(read, 'Vary')], [200, undefined])
    assert.equal((await ask(server.port, 'PUT /every', { Prefer: 'return=minimal' })).status, 204)
  })
  test('anything of a channel that does not offer it, or only reads, is not listened to', async () => {
    await using silent = await served(undefined)
    const reply = await send(silent.port, 'PUT /items/1', 'return=minimal')
    assert.deepEqual([reply.status, headerOf(reply, 'Vary')], [200, undefined])
    await using server = await served({ respondAsync: false })
    assert.equal((await send(server.port, 'PUT /items/1', 'respond-async')).status, 200)
    assert.equal((await ask(server.port, 'GET /items/1', { Prefer: 'return=minimal' })).status, 200)
  })
})

suite('what is done behind a reply that was not waited for', () => {
  test('is done for the same request, so that hooks see who asks', async () => {
    const seen: unknown[] = []
    const guardedOne = service({
      name: 'guarded',
      on: put('/guarded', { prefer: true }),
      // What other services invoke is let through.
      before: ({ http }) => {
        if (http !== undefined && http.headers.authorization !== 'Bearer good') throw problem('bad_request')
      },
      handle: ({ http }) => void seen.push(http?.path),
    })
    await using server = await serve([guardedOne])
    for (const token of ['bad', 'good']) {
      const headers = { Prefer: 'respond-async', Authorization: `Bearer ${token}` }
      assert.equal((await ask(server.port, 'PUT /guarded', headers)).status, 202)
    }
    await server.settled()
    assert.deepEqual(seen, ['/guarded'])
    assert.equal(server.errors().length, 1)
  })
  test('has the files that came with the request, which are gone after it', async () => {
    await using files = await temporaryFiles()
    const seen: unknown[] = []
    const left = () =>
      readdirSync(files.folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile()).length
    const upload = service({
      name: 'upload',
      input: z.object({ content: file() }),
      on: post('/upload', { prefer: true, uploads: { folder: files.folder } }),
      handle: async ({ input }) => {
        seen.push((await input.content.bytes()).length, left())
      },
    })
    await using server = await serve([upload])
    const form = new FormData()
    form.append('content', new Blob(['x'.repeat(200_000)]), 'a.bin')
    const request = { method: 'POST', body: form, headers: { Prefer: 'respond-async' } }
    assert.equal((await server.fetch(new Request('http://test/upload', request))).status, 202)
    await server.settled()
    assert.deepEqual([...seen, left()], [200_000, 1, 0])
  })
  test('drops kept replies when it is done, too, and updates wait for it', async () => {
    let value = 1
    const begun = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    const done = Promise.withResolvers<void>()
    await using server = await serve([
      service({
        name: 'read',
        output: z.object({ value: z.int() }),
        on: get('/value', { cache: { ttl: 60, shared: true } }),
        handle: () => ({ value }),
      }),
      service({
        name: 'write',
        input: z.object({ value: z.int() }),
        on: put('/value', { prefer: true, ifMatch: 'required' }),
        handle: async ({ input }) => {
          begun.resolve()
          await go.promise
          value = input.value
          done.resolve()
        },
      }),
    ])
    const read = () => ask(server.port, 'GET /value')
    const write = (to: number, tag: string, prefer: string) =>
      ask(
        server.port,
        'PUT /value',
        { 'Content-Type': 'application/json', 'If-Match': tag, Prefer: prefer },
        `{"value":${to}}`,
      )
    const tag = headerOf(await read(), 'etag') ?? ''
    assert.equal((await write(2, tag, 'respond-async')).status, 202)
    await begun.promise
    assert.deepEqual(jsonOf(await read()), { value: 1 })
    const late = write(3, tag, '')
    go.resolve()
    await done.promise
    // It had its turn when all that the first one left was done.
    assert.equal((await late).status, 412)
    assert.deepEqual(jsonOf(await read()), { value: 2 })
  })
})
