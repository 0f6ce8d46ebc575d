import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { openStore, type Store } from './store.ts'

const schema = 'CREATE TABLE IF NOT EXISTS things (name TEXT PRIMARY KEY)'

function folderOf(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'trestle-store-'))
  context.after(() => rmSync(folder, { recursive: true }))
  return folder
}

/** The version when a millisecond has passed, so that it is asked for. */
function laterVersion({ version }: Store): number {
  const began = performance.now()
  while (performance.now() - began < 2);
  return version()
}

describe('the version of a store', () => {
  test('tells changes by another connection, and exactly so within a transaction', (context) => {
    const folder = folderOf(context)
    const [one, other] = [openStore(folder, 'a', schema), openStore(folder, 'a', schema)]
    const [before, others] = [one.version(), one.changedByOthers()]
    other.db.exec("INSERT INTO things VALUES ('x')")
    assert.notEqual(one.changedByOthers(), others)
    assert.notEqual(laterVersion(one), before)
    one.close()
    other.close()
  })

  test('counts at once what this process says that it has changed, whichever of its stores did', (context) => {
    const folder = folderOf(context)
    const [one, other] = [openStore(folder, 'a', schema), openStore(folder, 'a', schema)]
    const before = [one.version(), other.version()]
    other.db.exec("INSERT INTO things VALUES ('x')")
    other.changed()
    assert.notEqual(one.version(), before[0])
    assert.notEqual(other.version(), before[1])
    assert.equal(laterVersion(other), other.version())
    one.close()
    other.close()
  })

  test('stands still as long as nothing changes, in memory, too', () => {
    const store = openStore(undefined, 'a', schema)
    assert.equal(laterVersion(store), store.version())
    store.close()
  })
})

describe('a store that cannot be opened', () => {
  const reason = /a\.db cannot be opened: make its folder one that the app may write to, or name another with 'data'$/

  test('says where it is', (context) => {
    const folder = folderOf(context)
    writeFileSync(join(folder, 'file'), '')
    assert.throws(() => openStore(join(folder, 'file'), 'a', schema), reason)
    mkdirSync(join(folder, 'a.db'))
    assert.throws(() => openStore(folder, 'a', schema), reason)
  })

  test('keeps no file open, however often it is tried', { skip: process.platform !== 'linux' }, (context) => {
    const folder = folderOf(context)
    writeFileSync(join(folder, 'a.db'), 'no database, but long enough to look like one'.repeat(100))
    const damaged = /a\.db cannot be opened: it is damaged, or no database: put back a backup/
    const openFiles = (): number => readdirSync('/proc/self/fd').length
    assert.throws(() => openStore(folder, 'a', schema), damaged)
    const before = openFiles()
    for (let time = 0; time < 20; time++) assert.throws(() => openStore(folder, 'a', schema), damaged)
    assert.ok(openFiles() <= before + 1, `${openFiles()} files are open`)
  })
})
