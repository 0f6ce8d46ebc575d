import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { root } from '../../scripts/root.ts'
import { nameFaults } from './file-names.ts'
import { sizeFaults } from './file-size.ts'
import { assertNoFaults } from './report.ts'
import { readSources } from './source-tree.ts'

suite('the files of src/', () => {
  test('are small', () => assertNoFaults(sizeFaults(readSources())))
  test('have names that say what they are', () => {
    const paths = globSync('**/*.ts', { cwd: join(root, 'src'), exclude: ['**/template/**'] })
    assertNoFaults(nameFaults(paths))
  })
})

suite('the size test itself', () => {
  const tree = (...lines: number[]): Map<string, string> =>
    new Map(lines.map((count, index) => [`http/file-${index}.ts`, 'x\n'.repeat(count)]))
  const nineteenSmall = Array.from({ length: 19 }, () => 10)

  test('accepts files on every limit', () => assert.deepEqual(sizeFaults(tree(...nineteenSmall, 600)), []))
  test('accepts an empty tree', () => assert.deepEqual(sizeFaults(tree()), []))
  test('names a file over the hard limit', () => {
    assert.match(sizeFaults(tree(...nineteenSmall, 601)).join('\n'), /^src\/http\/file-19\.ts has 601 lines/)
  })
  test('wants 95 % within 400 lines, and names the files over it', () => {
    assert.match(sizeFaults(tree(...nineteenSmall, 401, 401)).join('\n'), /^Only 90 % .* 400 .*file-19\.ts \(401\)/)
  })
  test('wants 80 % within 200 lines', () => {
    assert.match(sizeFaults(tree(10, 10, 10, 201)).join('\n'), /^Only 75 % .* 200 lines/)
  })
  test('wants a median of 120 lines', () => {
    assert.match(sizeFaults(tree(10, 121, 121)).join('\n'), /^The median file has 121 lines/)
  })
})

suite('the name test itself', () => {
  test('accepts kebab-case', () => assert.deepEqual(nameFaults(['http/request-body.test.ts', 'index.ts']), []))
  test('names what is not kebab-case', () => {
    assert.deepEqual(nameFaults(['http/requestBody.ts']), [
      "src/http/requestBody.ts: write 'requestBody' in kebab-case",
    ])
  })
  test('names a word that says nothing', () => {
    assert.equal(nameFaults(['http/utils/a.ts', 'common.ts', 'http/string-helpers.ts']).length, 3)
  })
})
