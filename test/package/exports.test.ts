import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { root } from '../../scripts/root.ts'
import { type EntryNames, exportedNames } from '../../scripts/source/exports.ts'
import { readSources } from '../house/source-tree.ts'
import { nameChanges } from './name-changes.ts'

type Snapshot = Readonly<Record<string, EntryNames>>

const snapshotPath = join(import.meta.dirname, 'exports.json')
const manifest: { exports: Record<string, string> } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
const entries = Object.entries(manifest.exports)
  .filter(([, target]) => target.endsWith('.ts'))
  .map(([subpath, target]) => ({ specifier: `trestle${subpath.slice(1)}`, target }))

suite('the exports of package.json', () => {
  for (const { specifier, target } of entries) {
    test(`'${specifier}' can be imported, and has the values that its lists say`, async () => {
      const names = exportedNames(await readFile(join(root, target), 'utf8'))
      const values = Object.keys(names).filter((name) => names[name] === 'value')
      assert.deepEqual(Object.keys(await import(specifier)).sort(), values)
    })
  }

  test('do not change unnoticed', async () => {
    const now: Record<string, EntryNames> = {}
    for (const { specifier, target } of entries) {
      now[specifier] = exportedNames(await readFile(join(root, target), 'utf8'))
    }
    if (process.env.UPDATE_SNAPSHOT === '1') await writeFile(snapshotPath, `${JSON.stringify(now, null, 2)}\n`)
    const before: Snapshot = JSON.parse(await readFile(snapshotPath, 'utf8'))
    const changes = nameChanges(before, now)
    assert.ok(
      changes.length === 0,
      `The public names changed:\n  ${changes.join('\n  ')}\nIf that is meant, run: UPDATE_SNAPSHOT=1 npm test -- test/package/exports.test.ts`,
    )
  })

  test('keep everything else private', () => {
    const inner = ['trestle/scripts/build.ts', ...[...readSources().keys()].map((path) => `trestle/src/${path}`)]
    for (const specifier of inner) {
      assert.throws(() => import.meta.resolve(specifier), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' }, specifier)
    }
  })
})

suite('the snapshot test itself', () => {
  test('is silent when nothing changed', () => {
    assert.deepEqual(nameChanges({ trestle: { a: 'value' } }, { trestle: { a: 'value' } }), [])
  })
  test('says which names came and went', () => {
    const before = { trestle: { a: 'value', b: 'value', T: 'type' } } as const
    const now = { trestle: { b: 'value', c: 'value', d: 'value' } } as const
    assert.deepEqual(nameChanges(before, now), ['trestle: new c, d; gone a, type T'])
  })
  test('says which entries came and went', () => {
    assert.deepEqual(nameChanges({ 'trestle/old': { a: 'value' } }, { 'trestle/new': { B: 'type' } }), [
      'trestle/old: gone a',
      'trestle/new: new type B',
    ])
  })
})
