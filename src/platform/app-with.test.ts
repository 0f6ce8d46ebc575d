import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { get } from '../http/rest-channel.ts'
import { anonymous } from '../kernel/caller.ts'
import { silentLogger } from '../kernel/logger.ts'
import { provider } from '../kernel/provider.ts'
import { service } from '../kernel/service.ts'
import { stream } from '../kernel/stream.ts'
import { createApp } from './app.ts'
import type { FinishedReply } from './run-options.ts'

const made: string[] = []
const one = provider(() => 'one', { scope: 'app', dispose: (value) => void made.push(value) })
const two = provider(() => 'two', { scope: 'app' })
const both = service({
  name: 'both',
  output: z.array(z.string()),
  use: { one, two },
  on: get('/both'),
  handle: ({ one, two, cid, caller }) => [one, two, cid, caller.username ?? 'nobody'],
})
const endless = service({
  name: 'endless',
  output: stream(z.int()),
  on: get('/endless'),
  handle: async function* ({ signal }) {
    while (!signal.aborted) yield 1
  },
})
const short = service({ name: 'short', output: stream(z.int()), on: get('/short'), handle: () => [1, 2] })
const ask = (path: string, init?: RequestInit): Request => new Request(`http://localhost${path}`, init)

suite('an app with other settings to run by', () => {
  test('is one of its own, with what the first was given beneath', async () => {
    made.length = 0
    await using app = createApp({ services: [both], log: silentLogger, use: { one: 'uno' } })
    const other = app.with({ use: { two: 'due' }, newCid: () => 'made' })
    assert.deepEqual(await other.invoke(both), ['uno', 'due', 'made', 'nobody'])
    assert.deepEqual((await app.invoke(both)).slice(0, 2), ['uno', 'two'])
    const third = other.with({ use: { two: '2' } })
    assert.deepEqual(await third.invoke(both), ['uno', '2', 'made', 'nobody'])
    await other.close()
    await third.close()
    assert.deepEqual((await app.invoke(both)).slice(0, 2), ['uno', 'two'])
  })
  test('has mounted apps of its own, and leaves those of the first open', async () => {
    made.length = 0
    const inner = createApp({ services: [both], log: silentLogger })
    await using app = createApp({ services: [short], mount: { '/in': inner, '/too': inner }, log: silentLogger })
    const other = app.with({ newCid: () => 'made' })
    assert.deepEqual(await (await other.fetch(ask('/in/both'))).json(), ['one', 'two', 'made', 'nobody'])
    assert.equal((await other.fetch(ask('/too/both'))).status, 200)
    await other.close()
    assert.deepEqual(made, ['one'])
    assert.equal((await app.fetch(ask('/in/both'))).status, 200)
  })
})

suite('a web request that an app is handed', () => {
  test('is for the caller whom the one who hands it over names', async () => {
    await using app = createApp({ services: [both], log: silentLogger, newCid: () => 'made' })
    const caller = { ...anonymous, definition: 'staff', username: 'ada' }
    const bodyOf = async (...asked: Parameters<typeof app.fetch>): Promise<unknown> =>
      (await app.fetch(...asked)).json()
    assert.deepEqual(await bodyOf(ask('/both'), { caller }), ['one', 'two', 'made', 'ada'])
    const claimed = ask('/both', { headers: { caller: 'ada' } })
    assert.deepEqual(await bodyOf(claimed), ['one', 'two', 'made', 'nobody'])
  })
  test('is told of when its reply has left, with the service and the caller', async () => {
    const told: FinishedReply[] = []
    await using app = createApp({
      services: [both, short],
      log: silentLogger,
      onReply: (reply) => void told.push(reply),
      newCid: () => 'made',
    })
    const caller = { ...anonymous, username: 'ada' }
    await app.fetch(ask('/both?x=1'), { caller })
    await app.fetch(ask('/missing'))
    const stream = await app.fetch(ask('/short'))
    assert.equal(told.length, 2)
    await stream.text()
    const { milliseconds, ...first } = told[0] ?? assert.fail('nothing was told')
    assert.ok(milliseconds >= 0)
    const path = '/both'
    assert.deepEqual(first, {
      method: 'GET',
      path,
      status: 200,
      service: 'both',
      caller,
      cid: 'made',
      client: undefined,
    })
    assert.deepEqual(
      told.slice(1).map(({ path, status, service }) => [path, status, service]),
      [
        ['/missing', 404, undefined],
        ['/short', 200, 'short'],
      ],
    )
  })
  test('counts as left alone when its stream was cut, and ends the call', { timeout: 10_000 }, async () => {
    const told = Promise.withResolvers<FinishedReply>()
    await using app = createApp({ services: [endless], log: silentLogger, onReply: told.resolve })
    const reply = await app.fetch(ask('/endless'))
    await reply.body?.cancel()
    assert.equal((await told.promise).status, 499)
  })
  test('that nobody waits for any more gets no stream', { timeout: 10_000 }, async () => {
    const told = Promise.withResolvers<FinishedReply>()
    await using app = createApp({ services: [endless], log: silentLogger, onReply: told.resolve })
    const reply = await app.fetch(ask('/endless', { signal: AbortSignal.abort() }))
    assert.equal((await told.promise).status, 499)
    await assert.rejects(reply.text(), { name: 'AbortError' })
  })
  test('is answered though the one who is told of it fails', async () => {
    const errors: unknown[] = []
    const log = { ...silentLogger, error: (...line: unknown[]) => void errors.push(line) }
    const onReply = (): never => {
      throw new Error('told too much')
    }
    await using app = createApp({ services: [both], log, onReply })
    assert.equal((await app.fetch(ask('/both'))).status, 200)
    assert.equal(errors.length, 1)
  })
})
