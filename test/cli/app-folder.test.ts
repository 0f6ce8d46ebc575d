import assert from 'node:assert/strict'
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { nameServices } from '../../src/kernel/service-names.ts'
import { loadAppFolder } from '../../src/platform/app-folder.ts'
import { helloFile, temporaryApp } from './temporary-app.ts'

type Files = Readonly<Record<string, string>>

suite('an app folder', () => {
  test('gives its services, named after file and export, and its settings', async () => {
    await using app = await temporaryApp({
      'services/greeting.ts': helloFile('hi'),
      'services/hr/employeeRecord.mts': helloFile('x').replace('hello', 'getEmployee'),
      'services/named.js': helloFile('y').replace('service({', "service({ name: 'given', "),
      'services/greeting.test.ts': "throw new Error('A test is no service')",
      'services/types.d.ts': 'export type A = string',
      'trestle.config.ts': "import { defineApp } from 'trestle'\nexport const app = defineApp({ title: 'Greetings' })",
    })
    const { services, settings, files } = await loadAppFolder(app.folder)
    assert.deepEqual(
      nameServices(services).map(({ name }) => name),
      ['greeting.hello', 'hr.employee-record.get-employee', 'given'],
    )
    assert.deepEqual(settings, { title: 'Greetings' })
    assert.deepEqual(
      files,
      ['services/greeting.ts', 'services/hr/employeeRecord.mts', 'services/named.js', 'trestle.config.ts'].map((path) =>
        join(app.folder, path),
      ),
    )
  })

  test('needs no configuration', async () => {
    await using app = await temporaryApp({ 'services/greeting.ts': helloFile('hi') })
    assert.deepEqual((await loadAppFolder(app.folder)).settings, {})
  })

  const type = { 'package.json': '{ "type": "module" }' }
  const refused: Readonly<Record<string, readonly [Files, RegExp]>> = {
    'a folder without services': [{}, /has no services: write services\/hello\.ts with `export .*npx trestle new/],
    'services that are none': [
      { 'services/a.ts': 'export const a = 1' },
      /^No file in .*services exports a service: write `export/,
    ],
    'a configuration without app': [
      { 'services/a.ts': helloFile('a'), 'trestle.config.ts': 'export const settings = {}' },
      /^trestle\.config\.ts exports no 'app': write `export const app = defineApp/,
    ],
    'a file that throws, by the line in the app': [
      {
        'services/a.ts': "import { open } from '../db.ts'\nopen()",
        'db.ts': "export const open = () => {\n  throw Error('no\\ndatabase')\n}",
      },
      /^db\.ts:2 fails to load: no database$/,
    ],
    'a file that throws something else than an error': [
      { 'services/a.ts': "throw 'no luck'" },
      /^services\/a\.ts fails to load: no luck$/,
    ],
    'TypeScript that is none': [
      { 'services/a.ts': 'const a = {\nexport const b = 1' },
      /^services\/a\.ts:2 has a syntax error: /,
    ],
    'JavaScript that is none, in a file that a service imports': [
      { 'services/a.ts': "import '../b.js'", 'b.js': '\n\nconst = 1', ...type },
      /^b\.js:3 has a syntax error: Unexpected token '='$/,
    ],
    'a package that is not installed': [
      { 'services/a.ts': "\nimport pg from 'pg-none/pool'" },
      /^services\/a\.ts:2 imports 'pg-none', which is not installed: run 'npm install pg-none' in /,
    ],
    'a file that does not exist': [
      { 'services/a.ts': "import '../b.ts'" },
      /^services\/a\.ts:1 imports '\.\.\/b\.ts', which does not exist: mend the path/,
    ],
    'a file named by what it compiles to': [
      { 'services/a.ts': "import '../b.js'", 'b.ts': '' },
      /^services\/a\.ts:1 imports '\.\.\/b\.js', which does not exist: write '\.\.\/b\.ts'$/,
    ],
    'a file named without extension': [
      { 'services/a.ts': "import './b'", 'services/b.ts': '' },
      /^services\/a\.ts:1 imports '\.\/b', which does not exist: write '\.\/b\.ts'$/,
    ],
    'a name that is not exported': [
      { 'services/a.ts': "import { B } from '../b.ts'", 'b.ts': 'export type B = string' },
      /^services\/a\.ts:1 imports 'B' from '\.\.\/b\.ts', which does not export it: .*import type/,
    ],
    'an enum': [
      { 'services/a.ts': '\nenum Colour { Red }' },
      /^services\/a\.ts:2 has a TypeScript enum, .*: write a union of literals/,
    ],
    'a namespace': [
      { 'services/a.ts': 'namespace A { export const b = 1 }' },
      /^services\/a\.ts:1 has a TypeScript namespace.*: write a module instead$/,
    ],
    'a parameter property': [
      { 'services/a.ts': 'class A { constructor(private b: string) {} }' },
      /^services\/a\.ts:1 has a TypeScript parameter property, .*: write the property/,
    ],
    'JSON imported as code': [
      { 'services/a.ts': "import data from '../data.json'", 'data.json': '{}' },
      /^services\/a\.ts imports data\.json as if it were code: add with/,
    ],
    'modules in a package of scripts': [
      { 'services/a.ts': "import fs from 'node:fs'\nfs", 'package.json': '{ "type": "commonjs" }' },
      /^services\/a\.ts:1 has a syntax error: .*: set "type": "module" in the app's package\.json$/,
    ],
  }
  for (const [what, [files, sentence]] of Object.entries(refused)) {
    test(`refuses ${what}`, async () => {
      await using app = await temporaryApp(files)
      const error: Error = await loadAppFolder(app.folder).then(
        () => assert.fail('It was loaded'),
        (reason) => reason,
      )
      assert.equal(error.name, 'StartupError')
      assert.match(error.message, sentence)
      assert.doesNotMatch(error.message, /\n/)
    })
  }

  test('names every file that cannot be loaded, and a fault that files share only once', async () => {
    await using app = await temporaryApp({
      'services/a.ts': "import '../broken.ts'",
      'services/b.ts': "import '../broken.ts'",
      'services/c.ts': "throw new Error('c')",
      'broken.ts': "export const a = 1\nthrow new Error('broken')",
    })
    await assert.rejects(loadAppFolder(app.folder), {
      reasons: ['broken.ts:2 fails to load: broken', 'services/c.ts:1 fails to load: c'],
    })
  })

  test('may be reached through a link', {
    skip: process.platform === 'win32' && 'links need rights there',
  }, async () => {
    await using app = await temporaryApp({ 'app/services/a.ts': "throw new Error('a')" })
    await symlink(join(app.folder, 'app'), join(app.folder, 'link'))
    await assert.rejects(loadAppFolder(join(app.folder, 'link')), { message: 'services/a.ts:1 fails to load: a' })
  })

  test('must be there, and be a folder', async () => {
    await using app = await temporaryApp({ file: '' })
    await assert.rejects(loadAppFolder(join(app.folder, 'none')), /^StartupError: There is no folder .*none: name/)
    await assert.rejects(loadAppFolder(join(app.folder, 'file')), /file is a file: name the folder of the app instead/)
  })
})
