import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { postgres, skipWithout } from '../../../test/machine.ts'
import { postgresServer } from '../../../test/testing/postgres-server.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { KeptReply } from '../../kernel/idempotency-store.ts'
import { silentLogger } from '../../kernel/logger.ts'
import { testClock } from '../../testing/test-clock.ts'
import { idempotencyStore } from './idempotency-stores.ts'
import type { OpenedStore } from './opened-store.ts'

const programs = postgres()
const reply: KeptReply = { status: 201, headers: ['X-A', 'é', 'X-B', ''], body: new Uint8Array([0, 255, 10]) }
const claim = (owner: string, key = 'key') => ({ key, owner })

/** What every store promises; `another` is the same one as a second process has it. */
async function keepsItsPromises(make: (clock: Clock) => OpenedStore, shared: boolean): Promise<void> {
  const clock = testClock('2026-01-01T00:00:00Z')
  const one = make(clock)
  const other = shared ? make(clock) : one
  const { store } = one
  const another = other.store
  assert.deepEqual(await store.begin(claim('a'), 'one', 1000), 'new')
  assert.deepEqual(await another.begin(claim('b'), 'one', 1000), 'in progress')
  assert.deepEqual(await another.begin(claim('b'), 'two', 1000), 'other payload')
  // Whoever does not hold it changes nothing.
  assert.equal(await another.finish(claim('b'), reply, 1000), false)
  assert.equal(await another.renew(claim('b'), 1000), false)
  await another.release(claim('b'))
  assert.deepEqual(await another.begin(claim('b'), 'one', 1000), 'in progress')

  clock.advance(999)
  assert.equal(await store.renew(claim('a'), 1000), true)
  clock.advance(999)
  assert.deepEqual(await another.begin(claim('b'), 'one', 1000), 'in progress')
  // A lease that is over goes to who comes first, and the one who had it is told.
  clock.advance(1)
  assert.deepEqual(await another.begin(claim('b'), 'two', 1000), 'new')
  assert.equal(await store.renew(claim('a'), 1000), false)
  assert.equal(await store.finish(claim('a'), reply, 1000), false)

  assert.equal(await another.finish(claim('b'), reply, 1000), true)
  assert.equal(await another.renew(claim('b'), 1000), false)
  await another.release(claim('b'))
  const kept = await store.begin(claim('c'), 'two', 1000)
  assert.ok(typeof kept === 'object')
  assert.deepEqual([kept.status, kept.headers], [reply.status, reply.headers])
  assert.deepEqual([...(kept.body ?? [])], [0, 255, 10])
  assert.deepEqual(await store.begin(claim('c'), 'one', 1000), 'other payload')
  clock.advance(1000)
  assert.deepEqual(await store.begin(claim('c'), 'one', 1000), 'new')
  await store.release(claim('c'))
  assert.deepEqual(await another.begin(claim('d'), 'three', 1000), 'new')
  assert.equal(await another.finish(claim('d'), { status: 204, headers: [], body: undefined }, 100_000), true)
  assert.deepEqual(await store.begin(claim('e'), 'three', 1000), { status: 204, headers: [], body: undefined })

  await store.begin(claim('f', 'large'), 'one', 1000)
  await store.finish(claim('f', 'large'), undefined, 1000)
  assert.deepEqual(await another.begin(claim('g', 'large'), 'one', 1000), 'not kept')
  // What has expired is removed now and then, and nothing else.
  clock.advance(60_000)
  assert.deepEqual(await store.begin(claim('h', 'other'), 'one', 1000), 'new')
  assert.equal(typeof (await store.begin(claim('e'), 'three', 1000)), 'object')

  const stores = [store, another]
  const begun = await Promise.all(
    Array.from({ length: 50 }, (_, at) => stores[at % 2]?.begin(claim(`${at}`, 'at once'), 'one', 1000)),
  )
  assert.equal(begun.filter((each) => each === 'new').length, 1)
  assert.equal(begun.filter((each) => each === 'in progress').length, 49)
  await one.close()
  await other.close()
}

suite('a store for calls that are done once', () => {
  const log = silentLogger
  test('in memory', async () => {
    await keepsItsPromises((clock) => idempotencyStore({}, { data: undefined, clock, log }), false)
  })

  test('in the data folder', async () => {
    const data = mkdtempSync(join(tmpdir(), 'trestle-once-'))
    try {
      await keepsItsPromises((clock) => idempotencyStore({}, { data, clock, log }), true)
    } finally {
      rmSync(data, { recursive: true })
    }
  })

  test('in PostgreSQL', { skip: skipWithout('PostgreSQL', programs) }, async () => {
    await using server = await postgresServer(programs ?? '')
    const url = server.url.replace('+psycopg2', '')
    const make = (clock: Clock) => idempotencyStore({ idempotencyStore: url }, { data: undefined, clock, log })
    // Whoever comes first makes the table, also where all come at once.
    const first = Array.from({ length: 4 }, () => make(testClock()))
    const begun = await Promise.all(first.map((each, at) => each.store.begin(claim(`${at}`, 'first'), 'one', 60_000)))
    assert.equal(begun.filter((each) => each === 'new').length, 1)
    await Promise.all(first.map((each) => each.close()))
    await keepsItsPromises(make, true)
  })
})
