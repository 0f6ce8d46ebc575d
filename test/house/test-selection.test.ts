import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { root } from '../../scripts/root.ts'
import { chooseTests } from '../../scripts/test-selection.ts'

const here = 'test/house/test-selection.test.ts'

suite('npm test', () => {
  test('takes every test of the repository when no file is given', () => {
    const { files, problem } = chooseTests([], root)
    assert.equal(problem, undefined)
    assert.ok(files.includes(here) && files.includes('test/package/package.test.ts'))
    assert.deepEqual(
      files.filter((path) => !path.endsWith('.test.ts') || path.includes('node_modules')),
      [],
    )
  })
  test('takes a file, a folder and a glob, each test once', () => {
    assert.deepEqual(chooseTests([here, here], root).files, [here])
    assert.ok(chooseTests(['test/house'], root).files.includes(here))
    assert.deepEqual(chooseTests(['test/**/test-selection.test.ts'], root).files, [here])
  })
  test('passes options on, with their values', () => {
    const { options, files } = chooseTests(['--test-name-pattern', 'test', '--test-only', here], root)
    assert.deepEqual(options.slice(-3), ['--test-name-pattern', 'test', '--test-only'])
    assert.deepEqual(files, [here])
  })
  test('does not repeat an option that is given', () => {
    const { options } = chooseTests(['--test-reporter=dot', here], root)
    assert.deepEqual(
      options.filter((option) => option.startsWith('--test-reporter')),
      ['--test-reporter=dot'],
    )
  })
  test('says so when nothing matches', () => {
    assert.match(chooseTests(['src/nothing'], root).problem ?? '', /^No test file matches 'src\/nothing': give/)
  })
})
