import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, test } from 'node:test'
import type { Counter, LimitStore } from './limit-store.ts'
import { sqliteStore } from './sqlite-store.ts'
import { sliding } from './tally.ts'

const start = Date.UTC(2030, 0, 1)

/** A store in a folder of its own, and a clock that is moved by hand. */
function temporary() {
  const folder = mkdtempSync(join(tmpdir(), 'trestle-limits-'))
  const stores: LimitStore[] = []
  const time = { now: start }
  const clock = { now: () => new Date(time.now), elapsed: () => time.now }
  return {
    folder,
    time,
    open: () => {
      const store = sqliteStore(folder, clock)
      stores.push(store)
      return store
    },
    [Symbol.asyncDispose]: async () => {
      for (const store of stores) await store.close()
      rmSync(folder, { recursive: true })
    },
  }
}

const counterOf = (limit: number, window: number): Counter => ({ id: 'c', tally: sliding({ limit, window }) })
const passes = async (store: LimitStore, counter: Counter, key: string): Promise<boolean> =>
  (await store.count([{ counter, key }], 'take')).every((each) => each?.passed === true)

describe('the store in the data folder', () => {
  test('counts parallel calls exactly, also of two that share the folder', async () => {
    await using place = temporary()
    const counter = counterOf(3, 1000)
    const stores = [place.open(), place.open()]
    const all = await Promise.all(
      Array.from({ length: 50 }, async (_, call) => passes(stores[call % 2] as LimitStore, counter, 'a')),
    )
    assert.equal(all.filter((each) => each).length, 3)
    place.time.now += 1000
    assert.equal(await passes(stores[0] as LimitStore, counter, 'a'), true)
  })

  test('counts without waiting in a process that is alone, until another one comes', async () => {
    await using place = temporary()
    const [first, second] = [place.open(), place.open()]
    const counter = counterOf(10, 1000)
    const hit = { counter, key: 'a' }
    assert.ok(first.count([hit], 'take') instanceof Promise)
    await passes(second, counter, 'b')
    place.time.now += 1000
    await passes(first, counter, 'b')
    place.time.now += 1000
    assert.deepEqual(first.count([hit], 'take'), [{ passed: true, remaining: 9, wait: 1000 }])
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, call) => passes(call % 2 === 0 ? first : second, counter, 'a')),
    )
    assert.equal(all.filter((each) => each).length, 9)
    assert.ok(first.count([{ counter, key: 'c' }], 'take') instanceof Promise)
  })

  test('remembers after a restart', async () => {
    await using place = temporary()
    const counter = counterOf(1, 1000)
    const first = place.open()
    assert.equal(await passes(first, counter, 'a'), true)
    await first.close()
    const second = place.open()
    assert.equal(await passes(second, counter, 'a'), false)
    assert.equal(await passes(second, counter, 'b'), true)
  })

  test('refuses a key that it knows to be full without asking, until there is room', async () => {
    await using place = temporary()
    const store = place.open()
    const hit = { counter: counterOf(1, 1000), key: 'a' }
    await store.count([hit], 'take')
    place.time.now += 400
    assert.deepEqual(store.count([hit], 'take'), [{ passed: false, remaining: 0, wait: 600 }])
    place.time.now += 600
    assert.deepEqual(await store.count([hit], 'take'), [{ passed: true, remaining: 0, wait: 1000 }])
    // A clock that is put back must not keep the key waiting for longer than its window.
    place.time.now -= 3_600_000
    assert.deepEqual(await store.count([hit], 'take'), [{ passed: false, remaining: 0, wait: 1000 }])
  })

  test('lets go of what is past', async () => {
    await using place = temporary()
    const store = place.open()
    const counter = counterOf(5, 1000)
    const flood = (name: string): Promise<unknown> =>
      Promise.all(Array.from({ length: 1500 }, (_, key) => store.count([{ counter, key: `${name} ${key}` }], 'take')))
    await flood('early')
    place.time.now += 1000
    for (let time = 0; time < 3; time++) await flood('late')
    await store.close()
    const db = new DatabaseSync(join(place.folder, 'limits.db'), { readOnly: true })
    const row = db.prepare("SELECT count(*) AS many FROM counters WHERE name LIKE '%early%'").get()
    db.close()
    assert.ok(Number(row?.many) < 500, String(row?.many))
  })

  test('lets nobody pass while nothing can be written, however long that lasts', async ({ mock: { timers } }) => {
    await using place = temporary()
    const store = place.open()
    const counter = counterOf(100, 1000)
    const taken = () => store.count([{ counter, key: 'a' }], 'take')
    const disk = new DatabaseSync(join(place.folder, 'limits.db'))
    disk.exec("CREATE TRIGGER full BEFORE INSERT ON counters BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
    await assert.rejects(async () => taken(), /the disk is full/)
    timers.enable({ apis: ['setTimeout'] })
    for (let time = 0; time < 3; time++) {
      place.time.now += 1000
      await assert.rejects(async () => taken(), /the disk is full/)
      timers.tick(20)
    }
    disk.exec('DROP TRIGGER full')
    await taken()
    place.time.now += 1000
    assert.deepEqual(taken(), [{ passed: true, remaining: 99, wait: 1000 }])
    disk.close()
  })

  test('waits no longer than a moment for a process that died with the right to write', async () => {
    await using place = temporary()
    const store = place.open()
    const counter = counterOf(2, 10_000)
    assert.equal(await passes(store, counter, 'a'), true)
    const script = `
      const db = new (require('node:sqlite').DatabaseSync)(process.argv[1])
      db.exec("BEGIN IMMEDIATE; DELETE FROM counters")
      console.log('begun')
      setInterval(() => {}, 1000)`
    const program = ['-e', script, join(place.folder, 'limits.db')]
    const other = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(other.stdout, 'data')
    const waiting = passes(store, counter, 'a')
    other.kill('SIGKILL')
    assert.equal(await waiting, true)
    assert.equal(await passes(store, counter, 'a'), false)
  })

  test('says so where it cannot count any more', async () => {
    await using place = temporary()
    const store = place.open()
    await store.close()
    await assert.rejects(async () => store.count([{ counter: counterOf(1, 1000), key: 'a' }], 'take'), /has stopped/)
  })
})
