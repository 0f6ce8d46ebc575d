import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { get, patch, post, put, type RestDefaults } from '../../src/http/rest-channel.ts'
import { service } from '../../src/kernel/service.ts'
import { ask, headerOf, jsonOf, type RawReply } from './raw-connection.ts'
import { type Served, serve } from './served.ts'

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
  test('anything of a channel that does not offer it, or only reads, is not listened to', async () => {
    await using silent = await served(undefined)
    const reply = await send(silent.port, 'PUT /items/1', 'return=minimal')
    assert.deepEqual([reply.status, headerOf(reply, 'Vary')], [200, undefined])
    await using server = await served({ respondAsync: false })
    assert.equal((await send(server.port, 'PUT /items/1', 'respond-async')).status, 200)
    assert.equal((await ask(server.port, 'GET /items/1', { Prefer: 'return=minimal' })).status, 200)
  })
})
