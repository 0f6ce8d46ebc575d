import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { root } from '../../scripts/root.ts'
import { boundaryFaults, type Laws } from './boundaries.ts'
import { importCycles } from './cycles.ts'
import { assertNoFaults } from './report.ts'
import { rooms } from './rooms.ts'
import { readSources } from './source-tree.ts'

const manifest: Record<string, Record<string, string> | undefined> = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
)
const laws: Laws = {
  rooms,
  installed: new Set(Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })),
}

suite('the rooms of src/', () => {
  test('import only what lies below them', () => assertNoFaults(boundaryFaults(readSources(), laws)))
  test('have no import cycle between files', () => assertNoFaults(importCycles(readSources())))
})

suite('the boundary test itself', () => {
  const law: Laws = { rooms, installed: new Set(['zod', 'yaml']) }
  const faultsOf = (files: Record<string, string>): readonly string[] =>
    boundaryFaults(new Map(Object.entries({ 'kernel/call.ts': '', 'http/server.ts': '', ...files })), law)

  const allowed: Record<string, Record<string, string>> = {
    'a room below': { 'http/router.ts': "import type { Call } from '../kernel/call.ts'" },
    'a file of the same room': { 'http/router.ts': "export * from './server.ts'" },
    'any room from the entry': { 'index.ts': "export { serve } from './http/server.ts'" },
    'a package of its table': { 'schema/zod.ts': "import { z } from 'zod/v4/core'" },
    'any module of Node in the upper rooms': { 'http/router.ts': "import { createServer } from 'node:http'" },
    'JSON beside it': { 'http/router.ts': "import types from './types.json' with { type: 'json' }" },
    'what only a comment or a string says': { 'kernel/a.ts': "// import 'node:fs'\nconst text = `import 'node:fs'`" },
  }
  for (const [what, files] of Object.entries(allowed)) {
    test(`allows ${what}`, () => assert.deepEqual(faultsOf(files), []))
  }

  const refused: Record<string, [Record<string, string>, RegExp]> = {
    'a room above': [
      { 'kernel/a.ts': "\nimport { serve } from '../http/server.ts'" },
      /^src\/kernel\/a\.ts:2 imports http .* kernel may import schema/,
    ],
    'a room above by type': [{ 'schema/a.ts': "import type { Call } from '../kernel/call.ts'" }, /imports kernel/],
    'a room above by import()': [{ 'kernel/a.ts': "await import('../http/server.ts')" }, /imports http/],
    'a room beside it': [{ 'openapi/a.ts': "export { x } from '../http/server.ts'" }, /imports http/],
    'another room from the client': [{ 'client/a.ts': "import '../kernel/call.ts'" }, /may import no other room/],
    'the entry from a room': [{ 'cli/a.ts': "import '../index.ts'", 'index.ts': '' }, /imports index\.ts/],
    'I/O in the kernel': [{ 'kernel/a.ts': "import { readFileSync } from 'node:fs'" }, /kernel may use node:util/],
    'Node in the client': [{ 'client/a.ts': "import 'node:util'" }, /client may use no module of Node/],
    'a package outside its table': [{ 'kernel/a.ts': "import { z } from 'zod'" }, /kernel may import no package/],
    'a package that users do not get': [{ 'cli/a.ts': "import 'commander'" }, /users do not get/],
    'the package by its own name': [{ 'cli/a.ts': "import 'trestle'" }, /own name/],
    'a missing extension': [{ 'http/a.ts': "import './server'" }, /name the file with its \.ts/],
    'a folder': [{ 'http/a.ts': "import '.'" }, /name the file/],
    'a test': [{ 'http/a.ts': "import './server.test.ts'" }, /neither tests nor templates/],
    'a missing file': [{ 'http/a.ts': "import './b.ts'" }, /does not exist/],
    'a file outside src/': [{ 'cli/a.ts': "import '../../package.json'" }, /outside src\//],
    'a room without a table': [{ 'utils/a.ts': '' }, /src\/utils\/a\.ts is in no known room/],
    'a path that the compiler does not rewrite': [
      { 'platform/a.ts': "new Worker(new URL('./worker.ts', import.meta.url))" },
      /take the extension from import\.meta\.url/,
    ],
  }
  for (const [what, [files, sentence]] of Object.entries(refused)) {
    test(`refuses ${what}`, () => {
      const faults = faultsOf(files)
      assert.equal(faults.length, 1, faults.join('\n'))
      assert.match(faults[0] ?? '', sentence)
    })
  }

  test('names an import cycle file by file', () => {
    const tree = new Map([
      ['http/a.ts', "import { b } from './b.ts'"],
      ['http/b.ts', "import type { C } from './c.ts'"],
      ['http/c.ts', "import './a.ts'"],
      ['http/d.ts', "import './a.ts'"],
    ])
    assert.deepEqual(importCycles(tree), ['http/a.ts -> http/b.ts -> http/c.ts -> http/a.ts'])
  })
})
