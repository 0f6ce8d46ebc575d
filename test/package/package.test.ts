import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { filesBelow } from '../../scripts/build/files.ts'
import { root } from '../../scripts/root.ts'
import { skipWithout } from '../machine.ts'
import { command, npm, registry } from './npm.ts'
import { type Packed, pack } from './packed.ts'
import { startServer } from './server-process.ts'
import { temporaryFolder } from './temporary-folder.ts'

const MAX_UNPACKED_BYTES = 12_000_000

test('the published package', async (t) => {
  await using folder = await temporaryFolder()
  const packed = await pack(folder.path)
  const outside = packed.files.filter((path) => !/(^|\/)template\//.test(path))

  await t.test('holds no sources, tests or source maps', () => {
    const strays = outside.filter((path) => /(?<!\.d)\.ts$|\.test\.|\.map$/.test(path))
    assert.deepEqual(strays, [])
  })

  await t.test('holds every file that the build made', () => {
    const left = filesBelow(packed.dist).filter((path) => !packed.files.includes(path))
    assert.deepEqual(left, [], 'npm pack leaves these names out: give the files other names and rename them on copying')
  })

  await t.test('points to JavaScript everywhere', async () => {
    const compiled = outside.filter((path) => /\.d\.ts$|\.js$/.test(path) && !path.startsWith('openapi/assets/'))
    for (const path of compiled) {
      const text = await readFile(join(packed.dist, path), 'utf8')
      // Examples in comments show what users write.
      const code = text.replaceAll(/\/\*\*[\s\S]*?\*\//g, '')
      assert.doesNotMatch(code, /(from|import\(?) ?['"]\.[^'"\n]*(?<!\.d)\.ts['"]/, `${path} imports a .ts file`)
    }
  })

  await t.test('carries its licence and the licences of the pages inside it', () => {
    const papers = ['LICENSE', 'openapi/assets/swagger-ui.LICENSE', 'openapi/assets/redoc.LICENSE']
    assert.deepEqual(
      papers.filter((path) => !packed.files.includes(path)),
      [],
    )
  })

  await t.test('is small', () => {
    assert.ok(packed.unpackedBytes < MAX_UNPACKED_BYTES, `It unpacks to ${packed.unpackedBytes} bytes`)
  })

  await t.test('in a new folder', { skip: skipWithout('npm registry within reach', await registry()) }, (inner) =>
    testInstalled(inner, packed),
  )
})

async function testInstalled(t: TestContext, packed: Packed): Promise<void> {
  await using home = await temporaryFolder()
  await writeFile(join(home.path, 'package.json'), '{ "name": "home", "private": true, "type": "module" }\n')
  const install = await npm(
    ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', packed.tarball, 'zod'],
    home.path,
  )
  assert.equal(install.code, 0, `npm install failed:\n${install.stderr}`)
  const trestle = join(home.path, 'node_modules/.bin/trestle')

  await t.test('installs without a package that wants to run a script', async () => {
    const lock: { packages: Record<string, { hasInstallScript?: boolean }> } = JSON.parse(
      await readFile(join(home.path, 'package-lock.json'), 'utf8'),
    )
    const wanting = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript === true)
    assert.deepEqual(
      wanting.map(([path]) => path),
      [],
    )
  })

  await t.test('gives its users types without errors', async () => {
    await mkdir(join(home.path, 'typed'))
    await writeFile(
      join(home.path, 'typed/user.ts'),
      "import * as trestle from 'trestle'\nexport const names: string[] = Object.keys(trestle)\n",
    )
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', 'node']
    const typeRoots = ['--typeRoots', join(root, 'node_modules/@types')]
    const tsc = [
      join(root, 'node_modules/typescript/bin/tsc'),
      '--ignoreConfig',
      ...options,
      ...typeRoots,
      'typed/user.ts',
    ]
    const { stdout } = await command(process.execPath, tsc, home.path)
    // The types of other packages are not ours to mend.
    const ours = stdout.split('\n').filter((line) => /^(typed|node_modules\/trestle)\//.test(line))
    assert.deepEqual(ours, [])
  })

  await t.test('makes an app, serves it, and stops when told to', async () => {
    const made = await command(trestle, ['new', 'demo'], home.path)
    assert.equal(made.code, 0, `trestle new failed:\n${made.stderr}`)
    assert.ok(existsSync(join(home.path, 'demo')))

    await using server = await startServer(trestle, ['start', 'demo'], home.path)
    const health = await fetch(`${server.address}/health/live`)
    assert.equal(health.status, 200)
    await health.arrayBuffer()
    assert.equal(await server.stop(), 0)
  })
}
