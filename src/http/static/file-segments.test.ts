import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isProblem } from '../../kernel/problem.ts'
import { fileSegments } from './file-segments.ts'

suite('the way to a file', () => {
  for (const [path, names] of [
    ['', []],
    ['/', []],
    ['/a', ['a']],
    ['/a/', ['a']],
    ['/a/b.txt', ['a', 'b.txt']],
    ['/a%20b/%C3%BC', ['a b', 'ü']],
    ['/...', ['...']],
    ['/a..b', ['a..b']],
    ['/.well-known/security.txt', ['.well-known', 'security.txt']],
  ] as const) {
    test(JSON.stringify(path), () => {
      const found = fileSegments(path, path === '/...' ? 'allow' : 'deny')
      assert.deepEqual(found, names)
    })
  }
  for (const path of [
    '/..',
    '/.',
    '//',
    '/a//b',
    '/a/../b',
    '/%2e%2e/a',
    '/.%2e',
    '/%2E',
    '/a%2fb',
    '/a%2Fb',
    '/a%5cb',
    '/a\\b',
    '/..%2f',
    '/%2e%2e%5c',
    '/.env',
    '/a/.git/config',
    '/a/.well-known',
    '/%2eenv',
  ]) {
    test(`is not ${path}`, () => assert.equal(fileSegments(path, 'deny'), undefined))
  }
  for (const path of ['/%', '/%zz', '/%ff', '/%c0%ae%c0%ae/', '/a%00', '/%00']) {
    test(`is malformed in ${path}`, () => {
      assert.throws(
        () => fileSegments(path, 'deny'),
        (error) => isProblem(error) && error.code === 'malformed_url',
      )
    })
  }
  test('may lead to files with a dot where that is said', () => {
    assert.deepEqual(fileSegments('/.env', 'allow'), ['.env'])
    assert.equal(fileSegments('/..', 'allow'), undefined)
  })
})
