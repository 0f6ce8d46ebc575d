import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { root } from '../../scripts/root.ts'
import { assertNoFaults } from './report.ts'
import { wordFaults } from './words.ts'

// They must say the words to forbid them.
const EXCEPTIONS = new Set(['test/house/words.ts', 'test/house/words.test.ts'])

suite('the words of the repository', () => {
  const isClone = statSync(join(root, '.git'), { throwIfNoEntry: false }) !== undefined

  test('are none that the house forbids', { skip: !isClone && 'this folder is not a git clone' }, () => {
    assertNoFaults(repositoryFiles().flatMap(([path, text]) => wordFaults(path, text, machineRegistry())))
  })
})

suite('the word test itself', () => {
  const refused: Record<string, [path: string, text: string]> = {
    'a path of one machine': ['docs/a.md', 'see /work/main/src'],
    'a home folder': ['a.json', '{ "x": "/root/.npmrc" }'],
    'a registry': ['a.md', 'https://registry.npmjs.org/zod'],
    'the registry of this machine': ['a.md', 'npm from mirror.example'],
    'a hidden error': ['a.ts', '// @ts-ignore'],
    'an unchecked file': ['a.mjs', '// @ts-nocheck'],
    'a default export': ['a.ts', 'export default 1'],
    'an enum': ['a.ts', 'export const enum Colour { Red }'],
  }
  for (const [what, [path, text]] of Object.entries(refused)) {
    test(`refuses ${what}`, () => {
      const faults = wordFaults(path, `\n${text}`, ['mirror.example'])
      assert.equal(faults.length, 1, faults.join('\n'))
      assert.ok(faults[0]?.startsWith(`${path}:2 '`), faults.join('\n'))
    })
  }

  const allowed: Record<string, [path: string, text: string]> = {
    'a route with such a word': ['a.ts', "get('/api/work/orders')"],
    'a JSON Schema enum': ['a.ts', "const schema = { enum: ['a'] }; z.enum(['a'])"],
    'the words in a string': ['a.ts', "const text = 'export default {}; enum A { B }'"],
    'prose about code': ['a.md', 'no export default, no enum A {}, no ts-ignore'],
  }
  for (const [what, [path, text]] of Object.entries(allowed)) {
    test(`allows ${what}`, () => assert.deepEqual(wordFaults(path, text), []))
  }
})

/** Text files that are tracked, or would be: a new file is held to the rules before it is added. */
function repositoryFiles(): readonly (readonly [path: string, text: string])[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return [...new Set(listed.split('\0'))]
    .filter((path) => path !== '' && !EXCEPTIONS.has(path))
    .filter((path) => statSync(join(root, path), { throwIfNoEntry: false })?.isFile() ?? false)
    .map((path) => [path, readFileSync(join(root, path), 'utf8')] as const)
    .filter(([, text]) => !text.includes('\0'))
}

/** The host of the registry that npm hands to its scripts, where it is not the public one. */
function machineRegistry(): readonly string[] {
  const address = process.env.npm_config_registry
  const host = address === undefined ? '' : new URL(address).host
  return /[a-z].*\./.test(host) ? [host] : []
}
