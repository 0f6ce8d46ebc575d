import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { addressOf } from './address.ts'

const address = (base: string | undefined, path: string, params = {}): string =>
  addressOf(base === undefined ? undefined : new URL(base), path, undefined, params).href

suite('the address of a call', () => {
  const cases: readonly [base: string | undefined, path: string, url: string][] = [
    ['https://h', '/x', 'https://h/x'],
    ['https://h/api', '/x', 'https://h/api/x'],
    ['https://h/api/', 'x', 'https://h/api/x'],
    ['https://h/api', '', 'https://h/api'],
    ['https://h/api?key=1', '/x?a=2#part', 'https://h/api/x?key=1&a=2#part'],
    ['https://h/api', '?a=2', 'https://h/api?a=2'],
    ['https://h/api', '//evil/x', 'https://h/api//evil/x'],
    ['https://h/api', 'https://other/x', 'https://other/x'],
    [undefined, 'http://h/x', 'http://h/x'],
  ]
  for (const [base, path, url] of cases) {
    test(`of '${path}' below ${base} is ${url}`, () => assert.equal(address(base, path), url))
  }

  test('has parameters in its path, encoded, and all others in the query', () => {
    assert.equal(address('https://h', '/a/{x}/{y}', { x: 'b/c', y: 0, z: 'd e' }), 'https://h/a/b%2Fc/0?z=d+e')
    assert.equal(address('https://h', '/files/{path*}', { path: 'a/b c' }), 'https://h/files/a/b%20c')
    assert.equal(address('https://h', '/a/{x}', { x: '100%{y}' }), 'https://h/a/100%25%7By%7D')
  })
  test('needs every parameter of its path', () => {
    for (const x of [undefined, null, '']) {
      assert.throws(() => address('https://h', '/a/{x}', { x }), /'\/a\/\{x\}' needs the parameter 'x'/)
    }
  })
  test('is not led elsewhere by a parameter', () => {
    for (const x of ['.', '..']) assert.throws(() => address('https://h', '/a/{x}/b', { x }), /another path/)
    assert.throws(() => address('https://h', '/a/{x*}', { x: 'b/../../c' }), /another path/)
  })
  test('is one of HTTP, and needs a base where it is a path', () => {
    assert.throws(() => address(undefined, '/x'), /'\/x' is no address .* give the client a base URL/)
    for (const path of ['file:///x', 'ftp://h/x']) assert.throws(() => address('https://h', path), /no address of http/)
  })
  test('has no parameters that are objects, or dates that are none', () => {
    assert.throws(() => address('https://h', '/x', { a: {} }), /'a' is an object/)
    assert.throws(() => address('https://h', '/x', { a: new Date(Number.NaN) }), /'a' is an invalid Date/)
  })
})
