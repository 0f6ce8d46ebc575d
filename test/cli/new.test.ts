import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { root } from '../../scripts/root.ts'
import { typeTools } from '../../src/cli/app-manifest.ts'
import { appNames } from '../../src/cli/app-names.ts'
import { temporaryApp } from './temporary-app.ts'
import { run, serve } from './trestle.ts'

const files = [
  '.gitignore',
  'README.md',
  'features/greeting.feature',
  'package.json',
  'services/greeting.ts',
  'trestle.config.ts',
  'tsconfig.json',
]

suite('trestle new', { concurrency: true }, () => {
  test('makes an app that is served as its feature says', async () => {
    await using home = await temporaryApp({})
    const { code, stdout, stderr } = await run(['new', 'my-demo'], { cwd: home.folder })
    assert.equal(code, 0, stderr)
    assert.match(stdout, /^Made My Demo API in \S+my-demo\n\nNext:\n\n {2}cd my-demo\n {2}npx trestle dev\n$/)
    const made = await readdir(join(home.folder, 'my-demo'), { recursive: true, withFileTypes: true })
    assert.deepEqual(
      made
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort(),
      files.map((file) => join(home.folder, 'my-demo', file)).sort(),
    )

    const tests = await run(['test', 'my-demo'], { cwd: home.folder })
    assert.equal(tests.code, 0, tests.stdout + tests.stderr)
    assert.match(tests.stdout, /2 scenarios \(2 passed\)/)

    await using server = await serve(['start', 'my-demo'], { cwd: home.folder })
    assert.match(server.stdout, /serves My Demo API 1\.0\.0 at/)
    const found = await fetch(`${server.url}/greetings/en/Ada`)
    assert.deepEqual([found.status, await found.json()], [200, { greeting: 'Hello, Ada!' }])
    const missing = await fetch(`${server.url}/greetings/fr/Ada`)
    const { code: problem, detail } = (await missing.json()) as Record<string, unknown>
    assert.deepEqual([missing.status, problem, detail], [404, 'not_found', "No greeting in 'fr' yet"])
  })

  test('makes an app whose types hold, and names the packages that it needs', async () => {
    await using home = await temporaryApp({})
    assert.equal((await run(['new', 'Éxample_API'], { cwd: home.folder })).code, 0)
    const folder = join(home.folder, 'Éxample_API')
    const { version, dependencies, devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
    assert.equal(manifest.name, 'example-api')
    assert.equal(manifest.type, 'module')
    assert.deepEqual(manifest.dependencies, { trestle: `^${version}`, zod: `^${dependencies.zod}` })
    assert.deepEqual(manifest.devDependencies, {
      '@types/node': `^${devDependencies['@types/node']}`,
      typescript: `^${devDependencies.typescript}`,
    })
    // In this repository Trestle is found as its sources, whose types are checked elsewhere.
    const { stdout } = await tsc(['-p', folder, '--typeRoots', join(root, 'node_modules/@types')], folder)
    assert.deepEqual(
      stdout.split('\n').filter((line) => /^(services|trestle|error)/.test(line)),
      [],
    )
  })

  test('fills the folder it is in, when that is empty but for a new repository', async () => {
    await using home = await temporaryApp({})
    const folder = join(home.folder, 'orders')
    await mkdir(join(folder, '.git'), { recursive: true })
    const { code, stdout } = await run(['new', '.'], { cwd: folder })
    assert.equal(code, 0)
    assert.match(stdout, /^Made Orders API in \S+orders\n\nNext:\n\n {2}npx trestle dev\n$/)
  })

  test('says to install what the app cannot find', async () => {
    await using home = await temporaryApp({})
    await home.remove('node_modules')
    const { code, stdout } = await run(['new', 'demo'], { cwd: home.folder })
    assert.equal(code, 0)
    assert.match(stdout, /\n {2}cd demo\n {2}npm install\n {2}npx trestle dev\n$/)
  })

  test('refuses a folder that holds something, and a file', async () => {
    await using home = await temporaryApp({ 'taken/notes.txt': 'mine', file: '' })
    for (const [name, sentence] of [
      ['taken', /^\S+taken is not empty: choose a new folder, such as taken\S+my-app\n$/],
      ['.', /^\S+ is not empty: choose a new folder, such as my-app\n$/],
      ['file', /^\S+file is a file: choose another name for the folder\n$/],
      ['file/demo', /^\S+demo .*: choose another/],
    ] as const) {
      const { code, stdout, stderr } = await run(['new', name], { cwd: home.folder })
      assert.deepEqual([code, stdout], [1, ''])
      assert.match(stderr, sentence)
    }
    assert.deepEqual(await readdir(join(home.folder, 'taken')), ['notes.txt'])
  })
})

suite('the template', () => {
  test('has the versions of Trestle itself for what checks types', async () => {
    const { devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    for (const [name, version] of Object.entries(typeTools)) assert.equal(version, devDependencies[name], name)
  })

  test('names an app after its folder', () => {
    assert.deepEqual(appNames('employee-api'), { name: 'employee-api', title: 'Employee API' })
    assert.deepEqual(appNames('Żółw & co.'), { name: 'zo-w-co', title: 'Zo W Co API' })
    assert.deepEqual(appNames('日本'), { name: 'app', title: 'My API' })
    assert.deepEqual(appNames('api'), { name: 'api', title: 'My API' })
  })
})

function tsc(args: readonly string[], cwd: string): Promise<{ stdout: string }> {
  const command = [join(root, 'node_modules/typescript/bin/tsc'), ...args]
  return new Promise((resolve) => execFile(process.execPath, command, { cwd }, (_error, stdout) => resolve({ stdout })))
}
