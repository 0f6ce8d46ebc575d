import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { exportedNames } from '../../scripts/source/exports.ts'
import { importsOf } from '../../scripts/source/imports.ts'
import { tokens } from '../../scripts/source/tokens.ts'

suite('tokens', () => {
  const cases: Record<string, [string, string[]]> = {
    'leave out comments': ["a // 'b'\n/* c */ d", ['word a', 'word d']],
    'keep a quote inside a string': [String.raw`'it\'s' "x"`, [String.raw`string it\'s`, 'string x']],
    'tell a regular expression from a division': [
      'a / b / c; /[\'"]/g.test(d)',
      [
        ...['word a', 'mark /', 'word b', 'mark /', 'word c', 'mark ;'],
        ...['regex /[\'"]/g', 'mark .', 'word test', 'mark (', 'word d', 'mark )'],
      ],
    ],
    'divide after a step': ["i++ / 2 // '/", ['word i', 'mark +', 'mark +', 'mark /', 'word 2']],
    'read code inside nested templates': [
      '`a${ { b: `c${d}e` } }f` + g',
      [
        ...['template a${', 'mark {', 'word b', 'mark :', 'template c${', 'word d', 'template e`', 'mark }'],
        ...['template f`', 'mark +', 'word g'],
      ],
    ],
    'read a plain template as a string': ['`a\nb`', ['string a\nb']],
    'survive an open string': ["'a", ["mark '", 'word a']],
    'survive an open template': ['`a', ['template a']],
  }
  for (const [what, [source, expected]] of Object.entries(cases)) {
    test(what, () => {
      assert.deepEqual(
        tokens(source).map(({ kind, text }) => `${kind} ${text}`),
        expected,
      )
    })
  }
})

suite('importsOf', () => {
  const found: Record<string, string> = {
    'a default and names': "import a, { b as c, type D } from 'x'",
    'a type': "import type { from } from 'x'",
    'a namespace': "import * as all from 'x'",
    'a side effect': "import 'x'",
    attributes: "import data from 'x' with { type: 'json' }",
    'many lines': "import {\n  a, // first\n  b,\n} from 'x'",
    'a re-export': "export { a, b } from 'x'",
    'a star': "export * as all from 'x'",
    'a type re-export': "export type { A } from 'x'",
    'import()': "const a = await import('x')",
    'import() in a template': '`${await import("x")}`',
    'the type import()': "type A = import('x').A",
    'require()': "require('x')",
  }
  for (const [what, source] of Object.entries(found)) {
    test(`sees ${what}`, () =>
      assert.deepEqual(
        importsOf(source).map(({ specifier }) => specifier),
        ['x'],
      ))
  }

  const ignored: Record<string, string> = {
    'import.meta': "new URL('x', import.meta.url)",
    'a method named import': "cache.import('x')",
    'a key named import': "const a = { import: 'x' }",
    'an export without a source': "export { a }\nconst from = 'x'",
    'an exported type': "export type A = { from: 'x' }",
    'a name that it cannot know': 'import(name)',
  }
  for (const [what, source] of Object.entries(ignored)) {
    test(`ignores ${what}`, () => assert.deepEqual(importsOf(source), []))
  }
})

suite('exportedNames', () => {
  test('reads values and types from the lists', () => {
    const source =
      "export {\n  b,\n  x as a,\n  type C,\n  type,\n} from './x.ts'\nexport type { E as D } from './y.ts'"
    const expected = { C: 'type', D: 'type', a: 'value', b: 'value', type: 'value' }
    assert.deepEqual(exportedNames(source), expected)
    assert.deepEqual(Object.keys(exportedNames(source)), Object.keys(expected))
  })
  test('refuses a star', () => {
    assert.throws(() => exportedNames("export * from './x.ts'"), /write `export \{ name \} from`/)
  })
})
